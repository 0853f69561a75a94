from typing import List, Optional

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import Mapped, backref, declarative_base, foreign, mapped_column, relationship, remote

Base = declarative_base()


class Node(Base):
    __tablename__ = "nodes"

    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("nodes.id"))
    children = relationship("Node", back_populates="parent")
    parent = relationship("Node", back_populates="children", remote_side=[id])


class Back(Base):
    __tablename__ = "backs"

    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("backs.id"))
    children = relationship("Back", backref=backref("parent", remote_side=[id]))


class Marked(Base):
    __tablename__ = "marked"

    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("marked.id"))
    parent = relationship("Marked", primaryjoin=remote(id) == foreign(parent_id))


class String(Base):
    __tablename__ = "strings"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("strings.id"))
    parent: Mapped[Optional["String"]] = relationship(remote_side="String.id", back_populates="others")
    others: Mapped[List["String"]] = relationship(back_populates="parent")


class Loose(Base):
    __tablename__ = "loose"

    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("loose.id"))
    replies = relationship("Loose")


links = Table("links", Base.metadata, Column("a", ForeignKey("graph.id")), Column("b", ForeignKey("graph.id")))


class Graph(Base):
    __tablename__ = "graph"

    id = Column(Integer, primary_key=True)
    parent = relationship("Graph", secondary=links, primaryjoin=id == links.c.a, secondaryjoin=id == links.c.b)


class Person(Base):
    __tablename__ = "people"

    id = Column(Integer, primary_key=True)


class Worker(Person):
    """Tables of their own: it is plain which way this leads."""

    __tablename__ = "workers"

    id = Column(ForeignKey("people.id"), primary_key=True)
    manager_id = Column(ForeignKey("managers.id"))
    manager = relationship("Manager", foreign_keys=[manager_id])
    __mapper_args__ = {"inherit_condition": id == Person.id}


class Manager(Person):
    __tablename__ = "managers"

    id = Column(ForeignKey("people.id"), primary_key=True)


class Spec(Base):
    __tablename__ = "specs"

    id = Column(Integer, primary_key=True)
    specs_id = Column(ForeignKey("specs.id"))
    specs = relationship("Spec", backref=backref("of", remote_side=[id]))  # what is below, though called like the column
