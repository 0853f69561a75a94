from sqlalchemy import JSON, Column, Integer, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, registry


class Base(DeclarativeBase):
    metadata = MetaData(schema="app")


class Event(Base):
    __tablename__ = "events"

    id = Column(Integer, primary_key=True)
    metadata_ = Column("metadata", JSON)


class Own(Base):
    __abstract__ = True
    metadata = MetaData()


class Film(Own):
    __tablename__ = "films"

    id = Column(Integer, primary_key=True)


mapping = registry()
photos = Table("photos", mapping.metadata, Column("id", Integer, primary_key=True), Column("metadata", JSON))


class Photo:
    pass


mapping.map_imperatively(Photo, photos)


class Note:
    metadata = Column(JSON)
