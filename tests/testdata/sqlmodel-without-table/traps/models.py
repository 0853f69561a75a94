from typing import TypeVar

from sqlmodel import Field, Session, SQLModel, select

Model = TypeVar("Model", bound=SQLModel)


class Record(SQLModel):
    id: int | None = Field(default=None, primary_key=True)

    @classmethod
    def all(cls, session: Session):
        return session.exec(select(cls)).all()


class Hero(Record, table=True):
    name: str


class Villain(Hero):
    pass


class Repository:
    model: type[Record]

    def first(self, session: Session):
        return session.exec(select(self.model)).first()


class Heroes(Repository):
    model = Hero


def rows(session: Session, model: type[Model]):
    return session.exec(select(model)).all(), session.exec(select(Villain)).all()


def select_form(select):
    return select(Record)
