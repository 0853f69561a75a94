from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import backref, declarative_base, declared_attr, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "user"}

    id = Column(Integer, primary_key=True)
    kind = Column(Integer)

    @property
    def posts(self):  # the backref takes its place, which SQLAlchemy minds not
        return []


class Admin(User):
    __mapper_args__ = {"polymorphic_identity": "admin"}


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    admin_id = Column(ForeignKey("users.id"))
    user = relationship(User, backref=backref("written", lazy="dynamic"), foreign_keys=[user_id])
    admin = relationship(Admin, backref="approved", foreign_keys=[admin_id])


class Owned:
    @declared_attr
    def owner_id(cls):
        return Column(ForeignKey("users.id"))

    @declared_attr
    def owner(cls):
        return relationship("User", backref=cls.__name__.lower() + "s")


class Pen(Owned, Base):
    __tablename__ = "pens"

    id = Column(Integer, primary_key=True)


class Book(Owned, Base):
    __tablename__ = "books"

    id = Column(Integer, primary_key=True)


class Node(Base):
    __tablename__ = "nodes"

    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("nodes.id"))
    children = relationship("Node", backref=backref("parent", remote_side=[id]))


class Owning(Base):
    """A subclass has the relationships of its parent, which are made once."""

    __tablename__ = "owning"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "owning"}

    id = Column(Integer, primary_key=True)
    kind = Column(Integer)
    user_id = Column(ForeignKey("users.id"))
    user = relationship(User, backref="owned")


class OwningMore(Owning):
    __mapper_args__ = {"polymorphic_identity": "more"}
