from sqlalchemy import Column, Integer

from app.models import Base


class Log(Base):
    # ^^^ duplicate-table
    __tablename__ = "logs"

    id = Column(Integer, primary_key=True)
