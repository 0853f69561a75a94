from company.mixins import Owned
from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, UniqueConstraint, func, text
from sqlalchemy.orm import declarative_base, declared_attr

Base = declarative_base()


class Named:
    name = Column(String(50))

    @declared_attr
    def __table_args__(cls):
        return (UniqueConstraint("name", "id"),)


class Team(Named, Base):
    __tablename__ = "teams"

    id = Column(Integer, primary_key=True)


class Member(Base):
    __tablename__ = "members"
    __table_args__ = (
        UniqueConstraint("number", "key_of"),
        Index("ix_lower", func.lower("nickname"), text("nothing DESC")),
        CheckConstraint("anything > 0"),
        {"schema": "app"},
    )

    id = Column(Integer, primary_key=True)
    ident = Column("number", Integer)
    other = Column("other_", Integer, key="key_of")
    nickname = Column(String(50))


class Staff(Member):
    room = Column(Integer)


class Page(Owned, Base):  # the mixin may have it
    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("owner_id"),)

    id = Column(Integer, primary_key=True)


loaded = Table("loaded", Base.metadata, UniqueConstraint("somewhere"), autoload_with=None)
