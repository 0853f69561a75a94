"""What relationships join on, said in every way; constraints and indexes, and where they may stand."""

from __future__ import annotations

from typing import Any, Optional

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    and_,
    func,
    or_,
)
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.ext.hybrid import hybrid_method, hybrid_property
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    backref,
    column_property,
    declared_attr,
    deferred,
    foreign,
    mapped_column,
    relationship,
    remote,
    synonym,
)


class Base(DeclarativeBase):
    pass


class Audited:
    __table_args__: Any = (CheckConstraint("touched > 0", name="touched"),)

    touched = Column(Integer, index=True)


friends = Table(
    "l_friends",
    Base.metadata,
    Column("left_id", ForeignKey("l_person.id"), primary_key=True),
    Column("right_id", ForeignKey("l_person.id"), primary_key=True),
    Index("ix_l_right", "right_id"),
)


class Person(Base):
    __tablename__ = "l_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column()
    kind: Mapped[str]
    boss_id: Mapped[Optional[int]] = mapped_column(ForeignKey("l_person.id"))
    mentor_id = Column(ForeignKey(id))
    home_id = mapped_column(ForeignKey("l_home.id", use_alter=True), nullable=False)

    boss = relationship("Person", remote_side=[id], foreign_keys=[boss_id], backref="staff")
    mentor = relationship(lambda: Person, remote_side=lambda: Person.id, foreign_keys=lambda: [Person.mentor_id])
    pupils = relationship("Person", foreign_keys="Person.mentor_id", overlaps="mentor", cascade="all, delete-orphan", single_parent=True)
    friends = relationship(
        "Person",
        secondary=lambda: friends,
        primaryjoin=lambda: Person.id == friends.c.left_id,
        secondaryjoin=id == friends.c.right_id,
        backref=backref("befriended", cascade="save-update"),
    )
    home = relationship("Home", foreign_keys="[Person.home_id]", back_populates="guests")
    owned = relationship("Home", primaryjoin="Person.id == foreign(Home.owner_id)", back_populates="owner", passive_deletes=True)
    big_homes = relationship(
        "Home", primaryjoin="and_(Person.id == Home.owner_id, Home.size > 5)", viewonly=True, order_by="desc(Home.size)"
    )
    namesakes = relationship("Person", primaryjoin=lambda: foreign(Person.name) == remote(Person.name), viewonly=True)
    title = synonym("name")
    shout = column_property(func.upper(name))
    names = association_proxy("staff", "name")

    @hybrid_property
    def is_boss(self) -> bool:
        return self.boss_id is None

    @hybrid_method
    def older(self, other: Any) -> bool:
        return bool(self.id < other)


class Home(Audited, Base):
    __tablename__ = "l_home"

    id = Column(Integer)
    owner_id = Column(Integer, ForeignKey("l_person.id", ondelete="SET NULL"))
    size = Column(Integer)
    notes = deferred(Column(String))
    by_size = Index("ix_l_home_size", size.desc(), id)
    owner = relationship("Person", foreign_keys=owner_id, back_populates="owned")
    guests = relationship("Person", primaryjoin=lambda: Home.id == Person.home_id, back_populates="home", cascade="all")

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        return (
            PrimaryKeyConstraint("id", name="home_key"),
            UniqueConstraint(cls.owner_id, "size"),
            Index("ix_l_home_low", func.lower("notes")),
            *Audited.__table_args__,
            {"comment": "homes"},
        )


Index("ix_l_home_owner", Home.owner_id, unique=True)


class Room(Base):
    __tablename__ = "l_room"
    __table_args__ = (
        ForeignKeyConstraint(["home_id", "floor"], ["l_floor.home_id", "l_floor.number"], name="on_floor"),
        Index(None, "floor", "number", postgresql_where="x"),
    )

    home_id = Column(Integer, primary_key=True)
    floor = Column(Integer, nullable=False)
    number = Column(Integer, primary_key=True)
    on: Mapped[Floor] = relationship(back_populates="rooms")
    home = relationship(Home, primaryjoin=and_(Home.id == foreign(home_id), number > 3), viewonly=True)


class Floor(Base):
    __tablename__ = "l_floor"

    home_id = Column(ForeignKey(Home.id), primary_key=True)
    number = Column(Integer, primary_key=True)
    rooms: Mapped[list[Room]] = relationship(back_populates="on")


Floor.home = relationship(Home, backref=backref("floors", order_by=Floor.number))


class Animal(Base):
    __tablename__ = "l_animal"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "animal"}

    id = mapped_column(Integer, primary_key=True)
    kind: Mapped[str]
    weight: Mapped[Optional[int]]
    keeper_id = mapped_column(ForeignKey("l_person.id"))
    keeper = relationship(Person, backref="animals")


class Dog(Animal):
    __tablename__ = "l_dog"
    __mapper_args__ = {"polymorphic_identity": "dog"}

    id = mapped_column(ForeignKey("l_animal.id"), primary_key=True)
    walker_id = mapped_column(ForeignKey(Person.id))
    walker = relationship("Person", foreign_keys=[walker_id], backref="walked")
    either = relationship(
        "Person", primaryjoin=lambda: or_(Dog.walker_id == Person.id, Animal.keeper_id == Person.id), viewonly=True
    )

    @property
    def weight(self) -> int:
        return 5


class Cat(Animal):
    __mapper_args__ = {"polymorphic_identity": "cat"}

    lives = mapped_column(Integer, nullable=True)
    hunted_id = mapped_column(ForeignKey("l_animal.id"))
    hunted = relationship("Animal", remote_side="Animal.id", foreign_keys=[hunted_id])
