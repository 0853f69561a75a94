from sqlalchemy import JSON, Boolean, Column, DateTime, Integer, String, func, text
from sqlalchemy.orm import declarative_base
from sqlalchemy.types import TypeDecorator

Base = declarative_base()
NOW = "now()"


class Own(TypeDecorator):
    impl = String
    cache_ok = True


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True, server_default="0")
    created = Column(DateTime, server_default=func.now())
    changed = Column(DateTime, server_default=text("now()"), server_onupdate=text("now()"))
    since = Column(DateTime, server_default="1970-01-01 00:00:00")
    moment = Column(DateTime, server_default=text(NOW))
    flag = Column(Boolean, server_default="false")
    snippet = Column(String(20), server_default="print()")
    data = Column(JSON, server_default="{}")
    own = Column(Own, server_default="call()")
