from typing import Annotated, Any, ClassVar, Optional

from sqlalchemy import JSON, Column
from sqlmodel import Field, Relationship, SQLModel


class HeroCreate(SQLModel):
    powers: list[str] = []
    data: dict = {}


class Team(SQLModel, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    heroes: list["Hero"] = Relationship(back_populates="team")


class Hero(SQLModel, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    powers: list[str] = Field(default_factory=list, sa_type=JSON)
    data: dict[str, Any] = Field(default={}, sa_column=Column(JSON))
    known: ClassVar[list[str]] = []
    noted: Annotated[list[str], Field(sa_type=JSON)] = []
    team_id: Optional[int] = Field(default=None, foreign_key="team.id", index=True)
    team: Optional[Team] = Relationship(back_populates="heroes")
