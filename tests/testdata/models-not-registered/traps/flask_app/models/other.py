from sqlalchemy import Column, Integer

from flask_app.base import Base


class Other(Base):
    __tablename__ = "others"

    id = Column(Integer, primary_key=True)
