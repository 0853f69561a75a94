from sqlalchemy import Column, Integer

from apart.second import Base


class Other(Base):
    __tablename__ = "others"

    id = Column(Integer, primary_key=True)
