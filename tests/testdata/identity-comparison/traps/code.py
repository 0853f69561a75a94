from models import Pet, User
from sqlalchemy import select, true


def found(session, flag=None, name=None):
    user = session.get(User, 1)
    if user.deleted_at is None and User.cache is None:
        return []
    rows = [row for row in session.query(User) if row.deleted_at is None]
    session.query(User).filter(true() if flag is None else User.name == name)
    session.query(User).filter(flag is None or User.name == name)
    session.query(User).filter(User.name == (name if name is not None else ""))
    session.query(User).filter(User.deleted_at == None, User.active != None)  # noqa: E711
    session.query(User).filter(User.deleted_at.is_(None))
    list(filter(lambda one: one.deleted_at is None, rows))
    session.query(Pet).filter(Pet.age == user.name is None)
    rows.append(user.name is None)
    results = [user.name is None, flag is None]
    return session.execute(select(User).where(User.name == name, results)).scalars()
