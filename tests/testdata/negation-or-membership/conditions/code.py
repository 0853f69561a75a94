from models import Pet, User, tags
from sqlalchemy import and_, select


def found(session, names):
    session.query(User).filter(not User.active)
    #                          ^^^^^^^^^^^^^^^ negation-or-membership
    session.query(User).filter(and_(User.id == 3, not User.name))
    #                                             ^^^^^^^^^^^^^ negation-or-membership
    select(User).where(not (User.name == "a"))
    #                       ^^^^^^^^^^^^^^^^ negation-or-membership
    select(User).where(not User.name.in_(names))
    #                  ^^^^^^^^^^^^^^^^^^^^^^^^ negation-or-membership
    select(User).where(User.name in ["a", "b"])
    #                  ^^^^^^^^^^^^^^^^^^^^^^^ negation-or-membership
    select(User).where(User.name not in names)
    #                  ^^^^^^^^^^^^^^^^^^^^^^ negation-or-membership
    select(tags).where(tags.c.word in names)
    #                  ^^^^^^^^^^^^^^^^^^^^ negation-or-membership
    return select(Pet).where(not Pet.owner)
    #                        ^^^^^^^^^^^^^ negation-or-membership
