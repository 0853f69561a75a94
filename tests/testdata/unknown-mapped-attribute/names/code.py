from typing import Generic, TypeVar

from models import Base, Dog, Pet, User
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session, joinedload

T = TypeVar("T", bound=Base)


def asked(session: Session):
    session.scalars(select(User).where(User.nmae == "a"))
    #                                       ^^^^ unknown-mapped-attribute
    session.query(User).options(joinedload(User.pet)).all()
    #                                           ^^^ unknown-mapped-attribute
    session.query(Pet).filter_by(wieght=3).first()
    #                            ^^^^^^ unknown-mapped-attribute
    session.scalars(select(Dog).filter_by(colour="red", breed="pug"))
    #                                     ^^^^^^ unknown-mapped-attribute
    query = session.query(User).order_by(User.name)
    return query.filter_by(full_name="a")
    #                      ^^^^^^^^^ unknown-mapped-attribute


def made(session):
    session.add(User(nmae="a", email="b"))
    #                ^^^^ unknown-mapped-attribute
    session.execute(insert(Pet).values(wieght=3))
    #                                  ^^^^^^ unknown-mapped-attribute
    session.execute(update(Pet).where(Pet.id == 1).values({"wieght": 3, "owner_id": 1}))
    #                                                      ^^^^^^^^ unknown-mapped-attribute
    session.query(Pet).filter(Pet.id == 1).update({"wieght": 3})
    #                                              ^^^^^^^^ unknown-mapped-attribute


class Repository(Generic[T]):
    model: type[T]

    def __init__(self, session):
        self.session = session


class Pets(Repository[Pet]):
    model = Pet

    def light(self):
        return self.session.query(self.model).filter_by(light=True).all()
        #                                               ^^^^^ unknown-mapped-attribute
