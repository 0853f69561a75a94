from company.mixins import Stamped
from sqlalchemy import Column, ForeignKey, Integer, String, Table, event
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship

COMMON = {"nullable": False}


class Base(DeclarativeBase):
    pass


class Keyed:
    uid = Column(Integer, primary_key=True)

    @declared_attr
    def code(cls) -> Mapped[str]:
        return mapped_column(String(5), unique=True)


class User(Keyed, Base):
    __tablename__ = "users"

    mail = Column("e_mail", String(80), unique=True, **COMMON)


class Admin(User):
    level = Column("level", Integer, unique=True)


class Stranger(Stamped, Base):
    __tablename__ = "strangers"

    id = Column(Integer, primary_key=True)


reflected = Table("reflected", Base.metadata, autoload_with=None)
extended = Table("extended", Base.metadata, Column("a", Integer, primary_key=True))
Table("extended", Base.metadata, Column("b", Integer, unique=True), extend_existing=True)


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    user_uid = Column(ForeignKey("users.uid"))
    code = Column(ForeignKey("users"))  # the column of the same name
    mail = Column(ForeignKey("users.e_mail"))
    level = Column(ForeignKey("users.level"))  # the subclass has no table of its own
    stamped = Column(ForeignKey("strangers.anything"))
    read = Column(ForeignKey("reflected.anything"))
    b = Column(ForeignKey("extended.b"))
    reply_to = Column(ForeignKey(id))
