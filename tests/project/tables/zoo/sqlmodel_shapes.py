"""SQLModel."""

import datetime
from typing import ClassVar, List, Optional

from pydantic import BaseModel
from sqlalchemy import Column, DateTime, ForeignKey, Text, UniqueConstraint
from sqlmodel import Field, Relationship, SQLModel


class Named(SQLModel):
    name: str = Field(index=True, max_length=50)
    nick: Optional[str] = None


class Plain(BaseModel):
    level: int = 0


class HeroTeamLink(SQLModel, table=True):
    hero_id: Optional[int] = Field(default=None, foreign_key="hero.id", primary_key=True)
    team_id: Optional[int] = Field(default=None, foreign_key="heroteam.id", primary_key=True, ondelete="CASCADE")


class HeroTeam(Named, table=True):
    __table_args__ = (UniqueConstraint("name"),)

    id: int | None = Field(default=None, primary_key=True)
    heroes: List["Hero"] = Relationship(back_populates="teams", link_model=HeroTeamLink)
    leader_of: Optional["Hero"] = Relationship(
        back_populates="leads", sa_relationship_kwargs={"uselist": False, "foreign_keys": "Hero.leads_id"}
    )


class Hero(Named, Plain, table=True):
    MAX: ClassVar[int] = 3

    id: Optional[int] = Field(default=None, primary_key=True)
    secret: str
    age: Optional[int] = Field(default=None, nullable=False)
    text: str = Field(sa_column=Column("body", Text, nullable=True))
    born: datetime.datetime = Field(sa_type=DateTime(timezone=True))
    rank: int = Field(default=1, sa_column_kwargs={"name": "rank_", "unique": True})
    leads_id: Optional[int] = Field(default=None, foreign_key="heroteam.id")
    mentor_id: Optional[int] = Field(default=None, sa_column_args=[ForeignKey("hero.id", ondelete="SET NULL")])

    teams: List[HeroTeam] = Relationship(back_populates="heroes", link_model=HeroTeamLink)
    leads: Optional[HeroTeam] = Relationship(
        back_populates="leader_of", sa_relationship_kwargs={"foreign_keys": "Hero.leads_id"}
    )


class HeroRead(Named):
    id: int


class TokenRow(SQLModel, table=True):
    value: str = Field(primary_key=True)


class TokenCopy(TokenRow):
    pass
