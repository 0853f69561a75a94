import uuid

from sqlalchemy import BigInteger, Column, ForeignKey, ForeignKeyConstraint, Integer, String, Table, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Base(DeclarativeBase):
    pass


class Slug(TypeDecorator):
    impl = String


class Organization(Base):
    __tablename__ = "organizations"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[uuid.UUID] = mapped_column(unique=True)
    slug = Column(Slug, unique=True)


class Team(Base):  # its key has the type of the other
    __tablename__ = "teams"

    id = Column(ForeignKey("organizations.id"), primary_key=True)


class ApiKey(Base):
    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[str] = mapped_column(String(36), ForeignKey("organizations.id"))
    #                                            ^^^^^^^^^^ foreign-key-type-mismatch
    team_id = Column(String, ForeignKey("teams.id"))
    #                ^^^^^^ foreign-key-type-mismatch
    token = Column("token_", String(32), ForeignKey(Organization.token))
    #                        ^^^^^^^^^^ foreign-key-type-mismatch
    slug = Column(ForeignKey("organizations.slug"), type_=Integer)
    #                                                     ^^^^^^^ foreign-key-type-mismatch


owners = Table(
    "owners",
    Base.metadata,
    Column("organization_id", Uuid),
    #                         ^^^^ foreign-key-type-mismatch
    Column("number", BigInteger),
    ForeignKeyConstraint(["organization_id"], ["organizations.id"]),
)
