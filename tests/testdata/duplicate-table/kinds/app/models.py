from sqlalchemy import Column, Integer, Table
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)


class Member(Base):
    # ^^^^^^ duplicate-table
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)


class UserGroup(Base):
    __tablename__ = "user_groups"

    id = Column(Integer, primary_key=True)


user_groups = Table("user_groups", Base.metadata, Column("id", Integer, primary_key=True))
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ duplicate-table


class Log(Base):
    __tablename__ = "logs"

    id = Column(Integer, primary_key=True)
