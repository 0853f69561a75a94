"""Ways of making a base class, and of naming tables."""

import re
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String
from sqlalchemy.ext.declarative import AbstractConcreteBase
from sqlalchemy.orm import (
    DeclarativeBase,
    DeclarativeMeta,
    Mapped,
    as_declarative,
    backref,
    declarative_base,
    declared_attr,
    has_inherited_table,
    mapped_column,
    registry,
    relationship,
)

shared = MetaData()
FIRST_CAP = re.compile("(.)([A-Z][a-z]+)")


def snake(name):
    name = FIRST_CAP.sub(r"\1_\2", name)
    return re.sub("([a-z0-9])([A-Z])", r"\1_\2", name).lower()


class Common:
    @declared_attr
    def __tablename__(cls):
        if has_inherited_table(cls):
            return None
        return "bases_" + snake(cls.__name__) + "s"

    id = Column(Integer, primary_key=True)


Base = declarative_base(cls=Common, metadata=shared)


class BlogPost(Base):
    kind = Column(String(5))
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "post"}


class GuestPost(BlogPost):
    __mapper_args__ = {"polymorphic_identity": "guest"}

    guest = Column(String(20), nullable=False)
    reader_id = Column(ForeignKey("bases_readers.id"))
    reader = relationship(lambda: Reader, foreign_keys=[reader_id], backref=backref("guest_posts", uselist=True))


@as_declarative(metadata=shared)
class Second:
    id: Any
    __name__: str

    @declared_attr
    def __tablename__(cls) -> str:
        return "bases_{}s".format(cls.__name__.lower())


class Reader(Second):
    id = Column(Integer, primary_key=True)
    post_id = Column(ForeignKey("bases_blog_posts.id"))
    post = relationship(BlogPost, foreign_keys=[post_id])


class Third(metaclass=DeclarativeMeta):
    __abstract__ = True
    registry = registry()
    metadata = registry.metadata
    __init__ = registry.constructor


class Lamp(Third):
    __tablename__ = "bases_lamp"

    id = Column(Integer, primary_key=True)


class Fourth(DeclarativeBase):
    def __init_subclass__(cls, **kwargs):
        if "__tablename__" not in cls.__dict__ and "__abstract__" not in cls.__dict__:
            cls.__tablename__ = f"bases_{cls.__name__.lower()}"
        super().__init_subclass__(**kwargs)


class Keyed:
    @declared_attr.cascading
    def id(cls):
        if has_inherited_table(cls):
            return Column(ForeignKey("bases_vehicle.id"), primary_key=True)
        return Column(Integer, primary_key=True)


class Vehicle(Keyed, Fourth):
    wheels = mapped_column(Integer)


class Truck(Vehicle):
    load: Mapped[int]

    @property
    def wheels(self):
        return 6


class Fifth(DeclarativeBase):
    pass


class Observer(Fifth):
    __tablename__ = "bases_observer"

    id: Mapped[int] = mapped_column(primary_key=True)


class Observed(AbstractConcreteBase, Fifth):
    strict_attrs = True

    name = mapped_column(String(10))

    @declared_attr
    def seen_by_id(cls):
        return mapped_column(ForeignKey("bases_observer.id"))


class Star(Observed):
    __tablename__ = "bases_star"
    __mapper_args__ = {"polymorphic_identity": "star", "concrete": True}

    id = mapped_column(Integer, primary_key=True)


class Hidden:
    note = Column(String(5))
    other = Column(String(5))


class Shown(Hidden, Third):
    __tablename__ = "bases_shown"
    __table_args__ = ({"schema": None, "comment": "x"},)

    id = Column(Integer, primary_key=True)
    note = None
    lamp_id = Column(Integer, ForeignKey(Lamp.__tablename__ + ".id"))
