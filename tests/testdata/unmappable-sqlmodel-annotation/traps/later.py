from __future__ import annotations

from models import Team
from sqlmodel import Field, Relationship, SQLModel


class Coach(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team_id: int | None = Field(default=None, foreign_key="team.id", index=True)
    team: Team = Relationship()
