from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from app.models import User


def compared(session, name):
    other = aliased(User)
    session.query(User).filter(User.full_name == name)
    #                          ^^^^^^^^^^^^^^ property-in-mapped-query
    select(User).where(and_(User.id > 1, or_(User.initials != name, User.id == 5)))
    #                                        ^^^^^^^^^^^^^ property-in-mapped-query
    select(User).where(User.is_active == True)
    #                  ^^^^^^^^^^^^^^ property-in-mapped-query
    return select(other).where(name == other.initials)
    #                                  ^^^^^^^^^^^^^^ property-in-mapped-query


def named(session, name):
    session.query(User).filter_by(full_name=name)
    #                             ^^^^^^^^^ property-in-mapped-query
    return session.scalars(select(User).filter_by(id=1, initials=name))
    #                                                   ^^^^^^^^ property-in-mapped-query


def asked(session, name):
    session.query(User).filter(User.full_name.ilike(f"%{name}%"))
    #                          ^^^^^^^^^^^^^^ property-in-mapped-query
    session.query(User).filter(User.is_active)
    #                          ^^^^^^^^^^^^^^ property-in-mapped-query
    session.query(User.id, User.full_name)
    #                      ^^^^^^^^^^^^^^ property-in-mapped-query
    return select(User).order_by(User.full_name)
    #                            ^^^^^^^^^^^^^^ property-in-mapped-query
