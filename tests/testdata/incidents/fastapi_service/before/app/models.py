from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import relationship

from app.database import Base


class Organization(Base):
    __tablename__ = "organizations"

    id = Column(Integer, primary_key=True)
    name = Column(String(120), nullable=False, unique=True)
    users = relationship("User", back_populates="organization")


class User(Base):
    __tablename__ = "users"

    id = Column(String(36), primary_key=True)
    email = Column(String(254), nullable=False, unique=True)
    full_name = Column(String(120), nullable=False)
    organization_id = Column(Integer, ForeignKey("organizations.id"), index=True)
    organization = relationship("Organization", back_populates="users")
