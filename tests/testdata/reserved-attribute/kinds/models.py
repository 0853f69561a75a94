from sqlalchemy import JSON, ForeignKey, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Event(Base):
    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    metadata: Mapped[str]
#   ^^^^^^^^ reserved-attribute


class Described:
    @declared_attr
    def metadata(cls):
    #   ^^^^^^^^ reserved-attribute
        return mapped_column(JSON)


class Photo(Described, Base):
    __tablename__ = "photos"

    id = mapped_column(Integer, primary_key=True)


class Film(Base):
    __tablename__ = "films"

    id = mapped_column(Integer, primary_key=True)
    event_id = mapped_column(ForeignKey("events.id"))
    title = mapped_column(String(50))
    metadata = relationship(Event)
#   ^^^^^^^^ reserved-attribute
