from models import User
from sqlalchemy import not_, select, true


def found(session, names, flag):
    user = session.get(User, 1)
    session.query(User).filter(~User.active, not_(User.name == "a"), User.name.in_(names))
    session.query(User).filter(not flag or User.name == "a")
    session.query(User).filter(true() if user.name in names else User.name == "a")
    session.query(User).filter(User.active == (not flag), User.active == (user.name in names))
    rows = [row for row in session.query(User) if not row.active and row.name not in names]
    rows.append(not user.active)
    rows.append(User not in rows)
    if not User.cache and User.cache in rows:
        return None
    return select(User).where(not user.active, "name" in names, not names)
