from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import backref, declarative_base, declared_attr, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "user"}

    id = Column(Integer, primary_key=True)
    kind = Column(Integer)
    posts = relationship("Post", overlaps="user")


class Admin(User):
    __mapper_args__ = {"polymorphic_identity": "admin"}

    rights = Column(Integer)


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = relationship(User, backref="posts")
    #                                 ^^^^^^^ backref-clash


class Right(Base):
    __tablename__ = "rights"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = relationship("User", backref=backref("rights"))
    #                                   ^^^^^^^^^^^^^^^^^ backref-clash


class Owned:
    @declared_attr
    def owner_id(cls):
        return Column(ForeignKey("users.id"))

    @declared_attr
    def owner(cls):
        return relationship("User", backref="things")
        #                                   ^^^^^^^^ backref-clash


class Pen(Owned, Base):
    __tablename__ = "pens"

    id = Column(Integer, primary_key=True)


class Book(Owned, Base):
    __tablename__ = "books"

    id = Column(Integer, primary_key=True)


class Note(Base):
    __tablename__ = "notes"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = relationship(User, backref="notes", back_populates="notes2")
    #                                 ^^^^^^^ backref-clash
