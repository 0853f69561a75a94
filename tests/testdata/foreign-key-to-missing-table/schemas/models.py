from sqlalchemy import Column, ForeignKey, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase, declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    __table_args__ = ({"schema": "auth"},)

    id = Column(Integer, primary_key=True)


class Log(Base):
    __tablename__ = "logs"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    #                           ^^^^^^^^^^ foreign-key-to-missing-table
    right_id = Column(ForeignKey("auth.users.id"))
    self_id = Column(ForeignKey("public.logs.id"))
    #                           ^^^^^^^^^^^^^^^^ foreign-key-to-missing-table


class AppBase(DeclarativeBase):
    metadata = MetaData(schema="app")


class Team(AppBase):
    __tablename__ = "teams"

    id = Column(Integer, primary_key=True)


class Member(AppBase):
    __tablename__ = "members"

    id = Column(Integer, primary_key=True)
    team_id = Column(ForeignKey("teams.id"))  # means app.teams
    same_id = Column(ForeignKey("app.teams.id"))
    wrong_id = Column(ForeignKey("apps.teams.id"))
    #                            ^^^^^^^^^^^^^^^ foreign-key-to-missing-table
    team = relationship("Team", foreign_keys=[team_id])
