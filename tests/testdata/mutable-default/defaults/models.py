from sqlalchemy import ARRAY, JSON, Column, Integer, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    settings = Column(JSON, default={})
    #                               ^^ mutable-default
    tags: Mapped[list] = mapped_column(ARRAY(String), default=[])
    #                                                         ^^ mutable-default
    extra = Column(JSON, default=dict())
    #                            ^^^^^^ mutable-default
    rights = Column(JSON, default={"read": True}, onupdate=["x"])
    #                             ^^^^^^^^^^^^^^ mutable-default
    #                                                      ^^^^^ mutable-default


def changed(user, other, tags):
    user.settings["theme"] = "dark"
    user.tags.append("new")
    extra = other.extra or {}
    extra.update(tags)
    user.rights["groups"]["x"] = 1
