from sqlalchemy import Column, Integer
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ backup-module

from service.database import Base


class Account(Base):
    __tablename__ = "accounts"

    id = Column(Integer, primary_key=True)
