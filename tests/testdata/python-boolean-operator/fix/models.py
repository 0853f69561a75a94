from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, Table
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Soft:
    deleted_at = Column(DateTime)


class User(Soft, Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(String(50))
    active = Column(Boolean)
    pets = relationship("Pet", back_populates="owner")
    cache = None

    @hybrid_property
    def is_active(self):
        return self.deleted_at is None

    @classmethod
    def find(cls, flag=None):
        return flag is None or cls.cache is None


class Pet(Base):
    __tablename__ = "pets"

    id = Column(Integer, primary_key=True)
    age = Column(Integer)
    owner_id = Column(ForeignKey("users.id"))
    owner = relationship(User, back_populates="pets")


tags = Table("tags", Base.metadata, Column("id", Integer, primary_key=True), Column("word", String(20)))
