from sqlalchemy import Column, Integer

from app.models import Base


class Place(Base):
    __tablename__ = "places"

    id = Column(Integer, primary_key=True)
