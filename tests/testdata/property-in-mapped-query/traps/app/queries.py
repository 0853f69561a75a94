from sqlalchemy import select

from app.models import Group, User


def fine(session, name):
    select(User).where(User.label == name, User.title == name, User.upper == name, User.nick == name)
    select(User).where(User.called(name), User.by_class == name, User.active(), User.maybe == name)
    select(User).where(User.later == name, User.group_name == name, User.created_by == 1)
    session.query(User).join(Group).filter_by(shown=name)
    return select(User).order_by(User.label, User.by_class)


def in_python(users, name):
    user = users[0]
    names = [User.shown.fget(user)]
    return [u for u in users if u.shown == name] + names


def expected(session, name):
    try:
        return select(User).order_by(User.shown)
    except Exception:
        return None


def unknown(model, name):
    return select(model).where(model.shown == name)
