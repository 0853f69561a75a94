from app.models import Admin, User


def close(session, key):
    user = session.query(User).filter_by(id=key).one()
    session.delete(user)
    session.commit()


async def dismiss(session, key):
    admin = await session.get(Admin, key)
    await session.delete(admin)
