from __future__ import annotations

from typing import Optional

from sqlmodel import Field, Relationship, SQLModel


class Team(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    members: list["Member"] = Relationship(back_populates="team")
    #^^^^^^ unmappable-sqlmodel-annotation


class Member(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team_id: int | None = Field(default=None, foreign_key="team.id", index=True)
    team: Optional[Team] = Relationship(back_populates="members")
    #^^^ unmappable-sqlmodel-annotation
