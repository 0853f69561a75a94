from company import table_args
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, declared_attr, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)


class Entry:
    __tablename__ = "logs"

    id = Column(Integer, primary_key=True)

    @declared_attr
    def __table_args__(cls):
        return table_args(cls)

    @declared_attr
    def user_id(cls):
        return Column(ForeignKey("users.id"))

    @declared_attr
    def user(cls):
        return relationship("User")


class EventEntry(Entry, Base):
    pass


class CategoryEntry(Entry, Base):
    pass
