from models import Pet, User, tags
from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import aliased


def found(session, flag):
    owner = aliased(User)
    conditions = [User.deleted_at is None]
    #             ^^^^^^^^^^^^^^^^^^^^^^^ identity-comparison
    conditions.append(User.name is not None)
    #                 ^^^^^^^^^^^^^^^^^^^^^ identity-comparison
    session.query(User).filter(User.active is True, *conditions).first()
    #                          ^^^^^^^^^^^^^^^^^^^ identity-comparison
    session.query(Pet).join(owner).filter(or_(owner.name is None, Pet.age == 3))
    #                                         ^^^^^^^^^^^^^^^^^^ identity-comparison
    session.execute(select(tags).where(tags.c.word is None))
    #                                  ^^^^^^^^^^^^^^^^^^^ identity-comparison
    session.query(case((User.deleted_at is None, 1), else_=0))
    #                   ^^^^^^^^^^^^^^^^^^^^^^^ identity-comparison
    session.query(Pet).filter((Pet.age == 3) & (Pet.owner is None))
    #                                           ^^^^^^^^^^^^^^^^^ identity-comparison
    return session.query(User).filter(and_(User.active is False if flag else User.id > 3)).all()
    #                                      ^^^^^^^^^^^^^^^^^^^^ identity-comparison


class Repository:
    def find(self, session):
        return session.query(User).filter((User.deleted_at) is None)
    #                                      ^^^^^^^^^^^^^^^ identity-comparison


class UserMixin:
    pass
