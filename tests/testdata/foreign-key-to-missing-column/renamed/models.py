from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    number = Column(Integer, primary_key=True)


class Team(Base):
    __tablename__ = "teams"

    handle = Column(String, primary_key=True)
    boss = Column(ForeignKey("users.uid"))
    #                        ^^^^^^^^^^^ foreign-key-to-missing-column
    parent = Column(ForeignKey("teams.slug"))
    #                          ^^^^^^^^^^^^ foreign-key-to-missing-column
