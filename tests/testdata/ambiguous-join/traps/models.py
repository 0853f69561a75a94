from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, Table
from sqlalchemy.orm import backref, declarative_base, relationship

Base = declarative_base()

friends = Table(
    "friends",
    Base.metadata,
    Column("one_id", ForeignKey("users.id"), primary_key=True),
    Column("other_id", ForeignKey("users.id"), primary_key=True),
)


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    sent = relationship("Message", foreign_keys="Message.sender_id", back_populates="sender")
    got = relationship("Message", foreign_keys="[Message.recipient_id]")
    friends = relationship(
        "User",
        secondary=friends,
        primaryjoin=id == friends.c.one_id,
        secondaryjoin=id == friends.c.other_id,
    )


class Message(Base):
    __tablename__ = "messages"

    id = Column(Integer, primary_key=True)
    sender_id = Column(ForeignKey("users.id"))
    recipient_id = Column(ForeignKey("users.id"))
    sender = relationship("User", foreign_keys=sender_id, back_populates="sent")
    recipient = relationship("User", foreign_keys=lambda: Message.recipient_id, overlaps="got")
    copied = relationship("User", primaryjoin="Message.sender_id == User.id", viewonly=True)
    #        one that leads back by a backref joins as the other does
    first = relationship("User", foreign_keys=[sender_id], backref=backref("firsts", overlaps="sent,sender"), overlaps="sent,sender")


class Place(Base):
    __tablename__ = "places"

    x = Column(Integer, primary_key=True)
    y = Column(Integer, primary_key=True)


class Stop(Base):
    __tablename__ = "stops"
    __table_args__ = (ForeignKeyConstraint(["x", "y"], ["places.x", "places.y"]),)

    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    y = Column(Integer)
    place = relationship(Place)


class Twice(Base):
    __tablename__ = "twice"
    __table_args__ = (ForeignKeyConstraint(["user_id"], ["users.id"]),)

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = relationship(User)


class Person(Base):
    __tablename__ = "people"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}

    id = Column(Integer, primary_key=True)
    kind = Column(Integer)
    made_by = Column(ForeignKey("users.id"))


class Engineer(Person):
    """Its own table comes first."""

    __tablename__ = "engineers"
    __mapper_args__ = {"polymorphic_identity": "engineer"}

    id = Column(ForeignKey("people.id"), primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = relationship(User)


class Node(Base):
    __tablename__ = "nodes"

    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("nodes.id"))
    children = relationship("Node")
