from typing import Any, Dict, List, Optional

from sqlmodel import Field, Relationship, SQLModel


class Tagged(SQLModel):
    tags: set[str] = Field(default_factory=set)
    #^^^ unmappable-sqlmodel-annotation


class Hero(Tagged, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    powers: list[str] = []
    #^^^^^ unmappable-sqlmodel-annotation
    names: Optional[List[str]] = None
    #^^^^ unmappable-sqlmodel-annotation
    data: Dict[str, Any] | None = Field(default=None)
    #^^^ unmappable-sqlmodel-annotation
