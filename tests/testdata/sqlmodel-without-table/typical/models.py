from sqlmodel import Field, Session, SQLModel, select


class HeroBase(SQLModel):
    name: str


class Hero(HeroBase, table=True):
    id: int | None = Field(default=None, primary_key=True)


class HeroRead(HeroBase):
    id: int


def heroes(session: Session):
    return session.exec(select(HeroRead).where(HeroRead.id > 1)).all()
    #                          ^^^^^^^^ sqlmodel-without-table
