import pytest
from company.models import Shared, engine
from models import Base, Dog, Pet, User
from sqlalchemy import Column, Integer, Table, insert, select, update
from sqlalchemy.orm import Session, aliased, joinedload


class Loose(Shared, Base):
    __tablename__ = "loose"

    id = Column(Integer, primary_key=True)


class Made(Base):
    __tablename__ = "made"

    id = Column(Integer, primary_key=True)

    def __init__(self, **values):
        self.extra = values.pop("extra", None)
        super().__init__(**values)


class Read(Base):
    __table__ = Table("read", Base.metadata, autoload_with=engine)


class Plain:
    pass


def asked(session: Session):
    session.query(User).filter(User.name == "a", User.short == "b", User.alias == "c", User.created_by == "d")
    session.query(User).options(joinedload(User.pets)).filter_by(alias="a", created_by="b", short="c")
    session.query(User).join(Pet).filter_by(weight=3)
    session.scalars(select(User).join(User.pets).filter_by(weight=3))
    session.query(Loose).filter_by(anything=1)
    session.query(Read).filter(Read.anything == 1).filter_by(other=2)
    session.query(Dog).filter_by(weight=3, breed="pug", owner_id=1)
    session.query(Pet.id).filter_by(weight=3)
    other = aliased(User)
    session.query(other).filter(other.email == "a").filter_by(email="b")
    print(User.__table__, User.metadata, User.registry, User.shown, User.__name__, Plain.nothing)


def made(session, values):
    session.add(User(name="a", alias="b", short="c", email="d", created_by="e", pets=[], shown="f"))
    session.add(User(**values))
    session.add(Made(extra=1))
    session.add(Loose(anything=1))
    session.execute(insert(User).values(full_name="a"))
    session.execute(update(User).values(name="a"))
    session.query(User).update({User.name: "a", "email": "b"})
    {}.update({"nothing": 1})
    Plain(nothing=1)


def test_nothing():
    with pytest.raises(AttributeError):
        User.nothing
    with pytest.raises(TypeError):
        User(nothing=1)


def guarded():
    try:
        return User.later
    except AttributeError:
        return None


def given(thing):
    thing.possible = 1
    return User.possible
