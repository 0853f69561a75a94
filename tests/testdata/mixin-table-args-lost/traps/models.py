from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, declared_attr


class Base(DeclarativeBase):
    __table_args__ = {"mysql_engine": "InnoDB"}


class Priced:
    price = Column(Integer)
    __table_args__ = (CheckConstraint("price > 0", name="ck_price"),)


class Merged(Priced, Base):
    __tablename__ = "merged"

    id = Column(Integer, primary_key=True)
    code = Column(String(20))
    __table_args__ = (*Priced.__table_args__, UniqueConstraint("code"))


class Added(Priced, Base):
    __tablename__ = "added"

    id = Column(Integer, primary_key=True)
    code = Column(String(20))
    __table_args__ = Priced.__table_args__ + (UniqueConstraint("code"),)


class Repeated(Priced, Base):
    __tablename__ = "repeated"

    id = Column(Integer, primary_key=True)
    __table_args__ = (CheckConstraint("price > 0", name="ck_repeated"),)


class Own(Priced, Base):
    __tablename__ = "own"

    id = Column(Integer, primary_key=True)

    @declared_attr.directive
    def __table_args__(cls):
        return (*super().__table_args__, CheckConstraint("id > 0"))


class Parent(Base):
    __tablename__ = "parents"

    id = Column(Integer, primary_key=True)
    code = Column(String(20))
    __table_args__ = (UniqueConstraint("code"),)


class Child(Parent):
    __tablename__ = "children"

    id = Column(ForeignKey("parents.id"), primary_key=True)
    name = Column(String(20))
    __table_args__ = (UniqueConstraint("name"),)


class Plain(Base):
    __tablename__ = "plain"

    id = Column(Integer, primary_key=True)
    __table_args__ = (CheckConstraint("id > 0"),)
