from company.mixins import Owned
from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, String, Table
from sqlalchemy.orm import backref, declarative_base, declared_attr, foreign, relationship, remote

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    region = Column(Integer, unique=True)
    logs = relationship("Log", primaryjoin="User.id == foreign(Log.user_id)", viewonly=True)
    pages = relationship("Page", backref=backref("author"))
    everything = relationship("Missing")
    #                         ^^^^^^^^^ unknown-relationship-target


class Log(Base):
    __tablename__ = "logs"

    id = Column(Integer, primary_key=True)
    user_id = Column(Integer)


class Page(Base):
    __tablename__ = "pages"
    __table_args__ = (ForeignKeyConstraint(["user_id", "region"], ["users.id", "users.region"]),)

    id = Column(Integer, primary_key=True)
    user_id = Column(Integer)
    region = Column(Integer)
    kind = Column(String(5))


class Person(User):  # joined: the foreign key is the parent table's
    __tablename__ = "people"

    id = Column(ForeignKey("users.id"), primary_key=True)
    team_id = Column(ForeignKey("teams.id"))


class Employee(Person):
    team = relationship("Team")


class Team(Base):
    __tablename__ = "teams"

    id = Column(Integer, primary_key=True)
    people = relationship(lambda: Person)
    #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ overlapping-relationships
    employees = relationship("Employee", viewonly=True)


class Loose(Person):
    __tablename__ = "loose"
    __mapper_args__ = {"inherit_condition": None}

    number = Column(Integer, primary_key=True)


class Apart(Team):
    __tablename__ = "apart"
    __mapper_args__ = {"concrete": True}

    id = Column(Integer, primary_key=True)


class Note(Owned, Base):  # the mixin may bring the foreign key
    __tablename__ = "notes"

    id = Column(Integer, primary_key=True)
    owner = relationship(User)


reflected = Table("reflected", Base.metadata, autoload_with=None)


class Read(Base):
    __table__ = reflected
    owner = relationship(User)


def options():
    return {"primaryjoin": lambda: remote(Odd.id) == foreign(User.id)}


class Odd(Base):
    __tablename__ = "odd"

    id = Column(Integer, primary_key=True)
    owner = relationship(User, **options())
    other = relationship(User, secondary="computed_elsewhere")
    #                                    ^^^^^^^^^^^^^^^^^^^^ missing-secondary
