from typing import Optional

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Other(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)


class Elsewhere(Other):
    __tablename__ = "elsewhere"

    id = Column(Integer, primary_key=True)


class Owned:
    @declared_attr
    def owner(cls):
        return relationship("Usr")
        #                   ^^^^^ unknown-relationship-target


class Post(Owned, Base):
    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    first = relationship("Users")
    #                    ^^^^^^^ unknown-relationship-target
    second = relationship("users")
    #                     ^^^^^^^ unknown-relationship-target
    third: Mapped[Optional["Usr"]] = relationship()
#   ^^^^^ unknown-relationship-target
    fourth = relationship("app.User")
    #                     ^^^^^^^^^^ unknown-relationship-target
    fifth = relationship("Elsewhere")
    #                    ^^^^^^^^^^^ unknown-relationship-target
    sixth = relationship(User.__table__)
    #                    ^^^^^^^^^^^^^^ unknown-relationship-target
    seventh = relationship(lambda: "Usr", viewonly=True)
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unknown-relationship-target
