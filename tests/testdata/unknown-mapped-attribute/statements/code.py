from company.queries import narrowed
from models import Dog, Pet, User
from sqlalchemy import func, select
from sqlalchemy.orm import Query, Session, aliased


def of_columns(session: Session):
    session.execute(select(User.id, User.name).filter_by(nmae="a"))
    #                                                    ^^^^ unknown-mapped-attribute
    session.execute(select(func.count(User.id).label("n")).filter_by(nmae="a"))
    #                                                                ^^^^ unknown-mapped-attribute
    session.scalar(select(func.count()).select_from(User).filter_by(nmae="a"))
    #                                                               ^^^^ unknown-mapped-attribute
    session.query(Pet.weight).filter_by(wieght=1)
    #                                   ^^^^^^ unknown-mapped-attribute
    Query(User).filter_by(nmae="a")
    #                     ^^^^ unknown-mapped-attribute


def of_joined(session: Session, heavy):
    session.query(User).join(Pet, Pet.owner_id == User.id).filter_by(wieght=1)
    #                                                                ^^^^^^ unknown-mapped-attribute
    session.scalars(select(User).join(User.pets).filter_by(wieght=1))
    #                                                      ^^^^^^ unknown-mapped-attribute
    session.query(User, Pet).filter_by(wieght=1)
    #                                  ^^^^^^ unknown-mapped-attribute
    query = session.query(User)
    if heavy:
        query = query.outerjoin(User.pets)
    return query.filter_by(nmae="a")
    #                      ^^^^ unknown-mapped-attribute


def of_a_collection(user_id, session: Session):
    user = session.get(User, user_id)
    return user.pets.filter_by(wieght=1)
    #                          ^^^^^^ unknown-mapped-attribute


def traps(session: Session, strange, column):
    session.execute(select(User.id).filter_by(name="a"))
    session.execute(select(column).filter_by(nmae="a"))
    session.query(User.id).join(strange).filter_by(wieght=1)
    session.query(User).select_from(strange).filter_by(wieght=1)
    session.query(User).join(User.pets.of_type(Dog)).filter_by(breed="a")
    session.query(User).join(User.pets).filter_by(breed="a")  # a dog, where the join is narrowed
    session.query(narrowed(User)).filter_by(nmae="a")
    session.query(User).with_entities(Pet).filter_by(weight=1)
    session.query(User).join(aliased(Pet)).filter_by(weight=1)
    user = session.get(User, 1)
    return user.pets.join(Pet.owner).filter_by(name="a"), user.pets.filter_by(weight=1)
