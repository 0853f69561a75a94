from sqlalchemy import Column, ForeignKey, Integer, String, select
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    email = Column(String(80))
    count = Column(Integer)


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"), index=True)


def fine(session):
    [user.email for user in session.execute(select(User)).scalars()]
    [row.User.email for row in session.execute(select(User))]
    [row[0].email for row in session.execute(select(User))]
    [user.email for (user,) in session.execute(select(User))]
    [row.email for row in session.execute(select(User.id, User.email))]
    [row.email for row in session.execute(select(Post, User.email).join(User))]
    [row.count for row in session.execute(select(User))]
    session.execute(select(User)).scalar_one().email
    session.execute(select(User)).mappings().first().email
    first = session.execute(select(User)).first()
    return first[0].email if first else first


def columns(session):
    return session.execute(select(User).with_only_columns(User.email)).first().email


def core(session):
    return session.execute(select(User.__table__)).first().email


def unknown(session, statement):
    return session.execute(statement).first().email


def expected(session):
    try:
        return session.execute(select(User)).first().email
    except AttributeError:
        return None
