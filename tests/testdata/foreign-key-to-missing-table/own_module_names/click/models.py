"""Packages of the project's own that are called like others."""

from calendar.base import Base

from sqlalchemy import *


class Day(Base):
    __tablename__ = "days"

    id = Column(Integer, primary_key=True)


class Event(Base):
    __tablename__ = "events"

    id = Column(Integer, primary_key=True)
    day_id = Column(ForeignKey("days.id"))
    other_id = Column(ForeignKey("day.id"))
    #                            ^^^^^^^^ foreign-key-to-missing-table
