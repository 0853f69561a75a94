"""Code that gives classes their foreign keys when they are made."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import DeclarativeBase, declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)


def owned(name):
    def decorate(cls):
        setattr(cls, name, Column(ForeignKey("users.id")))
        return cls

    return decorate


@owned("user_id")
class Dog(Base):
    __tablename__ = "dogs"

    id = Column(Integer, primary_key=True)
    owner = relationship(User)


class Cat(Base):
    __tablename__ = "cats"

    id = Column(Integer, primary_key=True)
    owner = relationship(User)


Cat.user_id = Column(ForeignKey("users.id"))


class Stamping(DeclarativeBase):
    def __init_subclass__(cls, **kwargs):
        cls.keeper_id = Column(ForeignKey("keepers.id"))
        super().__init_subclass__(**kwargs)


class Keeper(Stamping):
    __tablename__ = "keepers"

    id = Column(Integer, primary_key=True)


class Lion(Stamping):
    __tablename__ = "lions"

    id = Column(Integer, primary_key=True)
    keeper = relationship(Keeper)


def quiet(cls):
    cls.__str__ = lambda self: "quiet"
    return cls


@quiet
class Fish(Base):
    __tablename__ = "fish"

    id = Column(Integer, primary_key=True)
    owner = relationship(User)
    #       ^^^^^^^^^^^^^^^^^^ undetermined-join
