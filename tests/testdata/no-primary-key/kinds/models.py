from sqlalchemy import Column, Integer, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Visit(Base):
    # ^^^^^ no-primary-key
    __tablename__ = "visits"

    id: Mapped[int]
    count: Mapped[int] = mapped_column(unique=True)


class Seat(Base):
    # ^^^^ no-primary-key
    __table__ = Table("seats", Base.metadata, Column("number", Integer))
