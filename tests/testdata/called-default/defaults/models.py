import datetime as dt
import secrets
import time
import uuid
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Column, DateTime, Integer, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def now():
    return datetime.now(dt.timezone.utc)


def token():
    if now():
        return secrets.token_hex(8)
    return str(uuid4())


class Base(DeclarativeBase):
    pass


class Stamped:
    created = Column(DateTime, default=datetime.utcnow())
    #                                  ^^^^^^^^^^^^^^^^^ called-default


class User(Stamped, Base):
    __tablename__ = "users"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid4())
    #                                                               ^^^^^^^ called-default
    key = Column(String(36), default=str(uuid.uuid4()))
    #                                    ^^^^^^^^^^^^ called-default
    seen = Column(DateTime, default=dt.datetime.now(dt.timezone.utc), onupdate=now())
    #                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ called-default
    #                                                                          ^^^^^ called-default
    until = Column(DateTime, default=datetime.now() + dt.timedelta(days=30))
    #                                ^^^^^^^^^^^^^^ called-default
    year = Column(Integer, default=datetime.today().year)
    #                              ^^^^^^^^^^^^^^^^ called-default
    secret = Column(String(16), default=token())
    #                                   ^^^^^^^ called-default


class Pet(Stamped, Base):
    __tablename__ = "pets"

    id = Column(Integer, primary_key=True)


logs = Table("logs", Base.metadata, Column("at", Integer, default=time.time()))
#                                                                 ^^^^^^^^^^^ called-default


def report(day=datetime.now().date()):
    #          ^^^^^^^^^^^^^^ called-default
    return day
