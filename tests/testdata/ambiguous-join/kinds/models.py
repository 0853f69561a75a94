from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

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
    pinned_id = Column(ForeignKey("posts.id"))
    sent = relationship("Message", back_populates="sender")
    #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ambiguous-join
    friends = relationship("User", secondary=friends)
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ambiguous-join
    posts = relationship("Post")
    #       ^^^^^^^^^^^^^^^^^^^^ ambiguous-join


class Message(Base):
    __tablename__ = "messages"

    id = Column(Integer, primary_key=True)
    sender_id = Column(ForeignKey("users.id"))
    recipient_id = Column(ForeignKey("users.id"))
    sender = relationship("User", foreign_keys=[sender_id], back_populates="sent")
    recipient = relationship(
        #       ^^^^^^^^^^^^^ ambiguous-join
        "User",
    )


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("users.id"))
    author = relationship(User)
    #        ^^^^^^^^^^^^^^^^^^ ambiguous-join
