from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(String(50))
    pets = relationship("Pet", back_populates="owner", lazy="dynamic")


class Pet(Base):
    __tablename__ = "pets"

    id = Column(Integer, primary_key=True)
    weight = Column(Integer)
    owner_id = Column(ForeignKey("users.id"), index=True)
    owner = relationship(User, back_populates="pets")

    @classmethod
    def called(cls, session, name):
        return session.query(cls).filter_by(weight=1, breed=name).filter_by(named=name)
        #                                                                   ^^^^^ unknown-mapped-attribute


class Dog(Pet):
    breed = Column(String(50))
