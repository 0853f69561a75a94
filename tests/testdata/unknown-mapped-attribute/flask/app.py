from flask_login import UserMixin
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Column, Integer, delete, update

db = SQLAlchemy()


class User(db.Model, UserMixin):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(Integer)


def all_of_them(users):
    db.session.execute(db.select(User).filter_by(id=1, nmae=2))
    #                                                  ^^^^ unknown-mapped-attribute
    db.session.execute(db.delete(User).filter_by(nmae=2))
    #                                            ^^^^ unknown-mapped-attribute
    db.session.execute(delete(User).where(User.nmae == 2).filter_by(name=1, neme=2))
    #                                          ^^^^ unknown-mapped-attribute
    #                                                                       ^^^^ unknown-mapped-attribute
    db.session.execute(update(User).filter_by(neme=1).values(name=2))
    #                                         ^^^^ unknown-mapped-attribute
    db.session.delete(User).filter_by(neme=1)
    return [User.is_active, User.get_id, User.is_anonymous, User.is_authenticated, User.name, db.delete(users)]
