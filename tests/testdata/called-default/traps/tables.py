import uuid
from datetime import datetime, timedelta
from functools import partial

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Column, DateTime, Integer, String, func, text
from sqlalchemy.sql import func as sql_func

db = SQLAlchemy()


def made():
    return datetime.utcnow


def sometimes(flag=None):
    if flag:
        return datetime.now()
    return None


def known():
    return datetime(2020, 1, 1)


class datetimes:
    @staticmethod
    def now():
        return func.now()


class Log(db.Model):
    id = Column(Integer, primary_key=True)
    key = Column(String(36), default=lambda: str(uuid.uuid4()))
    a = Column(DateTime, default=datetime.utcnow)
    b = Column(DateTime, default=func.now())
    c = Column(DateTime, default=db.func.now(), onupdate=sql_func.now())
    d = Column(DateTime, server_default=func.now(), server_onupdate=func.now())
    e = Column(DateTime, default=made())
    f = Column(DateTime, default=sometimes())
    g = Column(DateTime, default=known())
    h = Column(DateTime, default=datetimes.now())
    i = Column(DateTime, default=partial(uuid.uuid4))
    j = Column(DateTime, default=text("now()"))
    k = Column(Integer, default=timedelta(days=1).days)


def loaded(day=None, made=datetime, age=timedelta(days=1)):
    return day or datetime.now()


def local():
    class Local(db.Model):
        at = Column(DateTime, primary_key=True, default=datetime.now())

    return Local
