from models import Pet, User
from sqlalchemy import and_, or_, select, true


def found(session, name, flag, conditions):
    user = session.get(User, 1)
    session.query(User).filter(User.name == name, User.active == True)  # noqa: E712
    session.query(User).filter((User.name == name) & (User.id == 3))
    session.query(User).filter(and_(User.name == name, or_(User.id == 3, User.id == 4)))
    session.query(User).filter(name is None or User.name == name)
    session.query(User).filter(flag and User.name == name)
    session.query(User).filter(User.name == (name or "nobody"))
    session.query(User).filter(user.name == name and flag or User.id == 3)
    session.query(User).filter(User.name == name if flag and name else true())
    session.query(Pet).filter(Pet.owner_id == (user.id and user.name))
    session.query(User).filter(conditions or User.id == 3)
    rows = [row for row in session.query(User) if row.name == name and row.active]
    rows.append(user.name == name and user.id == 3)
    rows.append(User.cache or User.find())
    return list(filter(lambda one: one.name == name or one.id == 3, rows)), select(User).where(user and True)
