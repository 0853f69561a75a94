from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()
tags = Table(
    "tags",
    Base.metadata,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    Column("group_id", ForeignKey("groups.id"), primary_key=True, index=True),
)


class Group(Base):
    __tablename__ = "groups"

    id = Column(Integer, primary_key=True)
    members = relationship("Member")


class Member(Base):
    __tablename__ = "members"

    id = Column(Integer, primary_key=True)
    group_id = Column(ForeignKey("groups.id"), nullable=False, index=True)


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    all_gone = relationship("Gone", cascade="all, delete-orphan")
    left_to_the_database = relationship("Left", passive_deletes="all")
    read_only = relationship("Seen", viewonly=True)
    optional = relationship("Optional")
    groups = relationship(Group, secondary=tags)
    cleared = relationship("Cleared")
    counted = relationship("Counted")


class Gone(Base):
    __tablename__ = "gone"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"), nullable=False, index=True)


class Left(Base):
    __tablename__ = "left"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True)


class Seen(Base):
    __tablename__ = "seen"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"), nullable=False, index=True)


class Optional(Base):
    __tablename__ = "optional"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"), index=True)


class Cleared(Base):
    __tablename__ = "cleared"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"), nullable=False, index=True)


class Counted(Base):
    __tablename__ = "counted"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"), nullable=False, index=True)
    user = relationship(User, overlaps="counted")


def close(session, key):
    user = session.get(User, key)
    session.query(Cleared).filter_by(user_id=user.id).delete()
    if user.counted:
        raise ValueError(key)
    session.delete(user)


def withdraw(session, key):
    """A user who was never active has no rows."""
    user = session.get(User, key)
    if user.name == "invited":
        session.delete(user)


def clear(session, user):
    session.query(Cleared, Counted).filter_by(user_id=user.id).delete()


def close_by_parts(session, key):
    user = session.get(User, key)
    clear(session, user)
    session.delete(user)


def register(session, work):
    user = session.get(User, 1)
    try:
        work(user)
    except ValueError:
        session.delete(user)


def delete_unless_in_use(session, key):
    user = session.get(User, key)
    try:
        session.delete(user)
        session.commit()
    except AssertionError:
        session.rollback()


def delete_member(session, key):
    """Deleting one of the many leaves the one alone; groups are never deleted."""
    session.delete(session.get(Member, key))
    member = session.get(Member, key)
    session.delete(member)
