from company.mixins import Indexed
from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer
from sqlalchemy import PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("region", "number"),)

    id = Column(Integer, primary_key=True)
    region = Column(Integer)
    number = Column(Integer)
    notes = relationship("Note", foreign_keys="Note.unique_id")
    parts = relationship("Part")
    letters = relationship("Letter")
    likes = relationship("Like", backref="user")


class Note(Base):
    __tablename__ = "notes"
    __table_args__ = (
        Index("ix_some", "some_id", postgresql_where="later_id IS NULL"),
        Index("ix_expression", "expression_id"),
        UniqueConstraint("together_id", "id"),
    )

    id = Column(Integer, primary_key=True)
    plain_id = Column(ForeignKey("users.id"), index=True)
    unique_id = Column(ForeignKey("users.id"), unique=True)
    together_id = Column(ForeignKey("users.id"))
    expression_id = Column(ForeignKey("users.id"))
    some_id = Column(ForeignKey("users.id"))
    later_id = Column(ForeignKey("users.id"))


Index("ix_notes_later", Note.later_id)


class Admin(User):  # its primary key
    __tablename__ = "admins"

    id = Column(ForeignKey("users.id"), primary_key=True)


class Part(Base):
    __tablename__ = "parts"
    __table_args__ = (PrimaryKeyConstraint("user_id", "number"),)

    user_id = Column(ForeignKey("users.id"))
    number = Column(Integer)


class Letter(Base):
    __tablename__ = "letters"
    __table_args__ = (ForeignKeyConstraint(["region", "number"], ["users.region", "users.number"]),)

    id = Column(Integer, primary_key=True)
    region = Column(Integer, index=True)  # narrows the rows down
    number = Column(Integer)


class Like(Indexed, Base):  # the mixin may have the index
    __tablename__ = "likes"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))


class Visit(Base):  # for the record only
    __tablename__ = "visits"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    agent_id = Column(ForeignKey("users.id"))


reads = Table(
    "reads",
    Base.metadata,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    Column("note_id", ForeignKey("notes.id"), primary_key=True, index=True),
)


class Key(Base):  # MySQL makes the index
    __tablename__ = "keys"
    __table_args__ = {"mysql_engine": "InnoDB"}

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = relationship(User, backref="keys")


votes = Table(
    "votes",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("users.id")),
    mysql_engine="InnoDB",
)
