from typing import Optional

from sqlmodel import Field, Relationship, SQLModel


class Named(SQLModel):
    name: str


class HeroTeam(Named, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)


class Hero(Named, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    team_id: Optional[int] = Field(default=None, foreign_key="hero_team.id")
    #                                                        ^^^^^^^^^^^^^^ foreign-key-to-missing-table
    rival_id: Optional[int] = Field(default=None, foreign_key="hero.id")
    team: Optional[HeroTeam] = Relationship()
    #                          ^^^^^^^^^^^^^^ undetermined-join


class HeroRead(Named):
    team_id: int = Field(foreign_key="hero_team.id")  # no table: nothing looks it up
