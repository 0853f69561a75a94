from sqlalchemy import Column, Integer, String, select
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    email = Column(String(80))


def emails(session):
    users = session.execute(select(User).order_by(User.email))
    for user in users:
        print(user.email)
        #     ^^^^^^^^^^ row-attribute
    return [row.id for row in session.execute(select(User)).all()]
    #       ^^^^^^ row-attribute


async def email(session, key):
    result = await session.execute(select(User).where(User.id == key))
    user = result.first()
    if user is None:
        return None
    return user.email
    #      ^^^^^^^^^^ row-attribute


def at_once(session):
    return session.execute(select(User)).one().email
    #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ row-attribute
