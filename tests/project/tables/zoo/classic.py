"""Declarative mapping as it was written before 2.0."""

from functools import partial

import sqlalchemy as sa
from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import backref, column_property, declarative_base, declared_attr, deferred, relationship, synonym

Base = declarative_base()
RequiredColumn = partial(Column, nullable=False)
STAMPS = {"nullable": False, "server_default": sa.func.now()}
PREFIX = "classic"


def reference(target, **options):
    return Column(Integer, ForeignKey(target, ondelete="CASCADE"), **options)


class Stamped:
    created_at = Column(DateTime, **STAMPS)
    updated_at = Column(DateTime)


class Owned(Stamped):
    @declared_attr
    def owner_id(cls):
        return Column(Integer, ForeignKey("classic_user.id"), nullable=True)

    @declared_attr
    def owner(cls):
        return relationship("User", foreign_keys=[cls.owner_id])


members = Table(
    "classic_members",
    Base.metadata,
    Column("user_id", ForeignKey("classic_user.id"), primary_key=True),
    Column("team_id", Integer, ForeignKey("classic_team.ident", ondelete="CASCADE"), primary_key=True),
    Column("note", String(20), index=True),
)


class User(Stamped, Base):
    __tablename__ = f"{PREFIX}_user"
    __table_args__ = (UniqueConstraint("name", "email"), {"comment": "people"})

    id = Column(Integer, primary_key=True)
    name = RequiredColumn(String(40))
    email = RequiredColumn("mail", String(80), unique=True, key="email")
    password = deferred(Column("_password", String(80)))
    boss_id = reference("classic_user.id", index=True)
    is_active = Column(Boolean, default=True)
    login = synonym("name")
    shout = column_property(name + "!")

    reports = relationship("User", backref=backref("boss", remote_side=[id]))
    teams = relationship("Team", secondary=members, back_populates="members")

    @hybrid_property
    def is_boss(self):
        return self.boss_id is None


class Team(Base):
    __tablename__ = "%s_team" % PREFIX

    id = Column("ident", Integer, primary_key=True)
    title = Column(Text, nullable=False)
    members = relationship(User, secondary="classic_members", back_populates="teams")


class Document(Owned, Base):
    __tablename__ = "classic_document"

    id = Column(Integer, Identity(), primary_key=True)
    number = Column(Integer, Identity(start=100))
    updated_at = None
    team_id = Column(ForeignKey(Team.id))
    team = relationship(Team, backref="documents")
    pages = relationship("Page", back_populates="document", cascade="all, delete-orphan")


class Page(Base):
    __tablename__ = "classic_page"
    __table_args__ = (PrimaryKeyConstraint("document_id", "number"),)

    document_id = Column(Integer, ForeignKey("classic_document.id"))
    number = Column(Integer)
    document = relationship("Document", back_populates="pages", uselist=False)
    lines = relationship("zoo.classic.Line")


class Line(Base):
    __tablename__ = "classic_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "page_number"], ["classic_page.document_id", "classic_page.number"], ondelete="SET NULL"
        ),
    )

    id = Column(Integer, primary_key=True)
    document_id = Column(Integer)
    page_number = Column(Integer)
    by_mail = Column(ForeignKey("classic_user.mail", link_to_name=True))


class Card(Base):
    __tablename__ = "classic_card"

    id = Column(ForeignKey("classic_user"), primary_key=True)


class Person(Base):
    __tablename__ = "classic_person"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}

    id = Column(Integer, primary_key=True)
    kind = Column(String(10))


class Manager(Stamped, Person):
    __mapper_args__ = {"polymorphic_identity": "manager"}

    budget = Column(Integer)


class Engineer(Person):
    __tablename__ = "classic_engineer"
    __mapper_args__ = {"polymorphic_identity": "engineer"}

    id = Column(ForeignKey("classic_person.id"), primary_key=True)
    language = Column(String(20))
    tools = relationship("Tool", backref="engineer")


class Tool(Base):
    __tablename__ = "classic_tool"

    id = Column(Integer, primary_key=True)
    engineer_id = Column(ForeignKey("classic_engineer.id"), nullable=False)


class Shape(Base):
    __tablename__ = "classic_shape"

    id = Column(Integer, primary_key=True)
    name = Column(String(20))


class Circle(Shape):
    __tablename__ = "classic_circle"
    __mapper_args__ = {"concrete": True}

    id = Column(Integer, primary_key=True)
    radius = Column(Integer, nullable=False)


class Whole(Base):
    __table__ = Table(
        "classic_whole", Base.metadata, Column("id", Integer, primary_key=True), Column("part", ForeignKey("classic_tool.id"))
    )
    tool = relationship(Tool, back_populates="whole")


User.documents = relationship(Document, foreign_keys=[Document.owner_id], overlaps="owner")
