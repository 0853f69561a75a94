from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


class Relaxed(DeclarativeBase):
    __allow_unmapped__ = True
