from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, backref, mapped_column, relationship, synonym


class Base(DeclarativeBase):
    pass


class Stamped:
    created_by = Column(String(50))


class User(Stamped, Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column("full_name", String(50))
    email: Mapped[str]
    alias = synonym("name")

    @hybrid_property
    def short(self):
        return self.name

    @property
    def shown(self):
        return self.name.title()


class Pet(Base):
    __tablename__ = "pets"

    id = Column(Integer, primary_key=True)
    weight = Column(Integer)
    owner_id = Column(ForeignKey("users.id"))
    owner = relationship(User, backref=backref("pets"))


class Dog(Pet):
    breed = Column(String(50))
