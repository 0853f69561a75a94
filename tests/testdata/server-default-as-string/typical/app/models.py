import sqlalchemy as sa
from sqlalchemy import Column, DateTime, Integer, text
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import Mapped, declarative_base, mapped_column

Base = declarative_base()


class Post(Base):
    __tablename__ = "posts"

    id = Column(UUID(as_uuid=True), primary_key=True, server_default="gen_random_uuid()")
    #                                                                ^^^^^^^^^^^^^^^^^^^ server-default-as-string
    created = Column(DateTime(timezone=True), server_default="now()", nullable=False)
    #                                                        ^^^^^^^ server-default-as-string
    changed: Mapped[object] = mapped_column(sa.DateTime, server_default=text("now()"), server_onupdate="CURRENT_TIMESTAMP")
    #                                                                                                  ^^^^^^^^^^^^^^^^^^^ server-default-as-string
    number = Column(Integer, server_default="nextval('numbers')")
    #                                       ^^^^^^^^^^^^^^^^^^^^ server-default-as-string
