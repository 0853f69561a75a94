from company.mixins import Common
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Forum(Base):
    __tablename__ = "forums"

    id = Column(Integer, primary_key=True)


class Topic(Base):
    __tablename__ = "topics"

    id = Column(Integer, primary_key=True)
    forum_id = Column(ForeignKey("forums.id"))


class Moderator(Base):
    __tablename__ = "moderators"

    id = Column(Integer, primary_key=True)
    forum_id = Column(ForeignKey(Forum.id))


class Visit(Base):
    __tablename__ = "visits"

    id = Column(Integer, primary_key=True)
    forum_id = Column(ForeignKey("topics.id"))
    #                            ^^^^^^^^^^^ foreign-key-to-other-table


class Project(Common, Base):
    __tablename__ = "project"

    id = Column(Integer, primary_key=True)


class Profile(Base):
    __tablename__ = "profile"

    id = Column(Integer, primary_key=True)


class LabelSet(Common, Base):
    __tablename__ = "label_set"

    id = Column(Integer, primary_key=True)
    project_id = Column(ForeignKey("profile.id"))
    #                              ^^^^^^^^^^^^ foreign-key-to-other-table
    project = relationship(Project)
