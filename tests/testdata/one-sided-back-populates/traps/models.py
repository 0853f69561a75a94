from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Company(Base):
    __tablename__ = "companies"

    id = Column(Integer, primary_key=True)
    staff = relationship("Employee", back_populates="company")
    managers = relationship("Manager", back_populates="company", overlaps="staff,company")
    everyone = relationship("Employee", viewonly=True)


class Employee(Base):
    __tablename__ = "employees"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "employee"}

    id = Column(Integer, primary_key=True)
    kind = Column(Integer)
    company_id = Column(ForeignKey("companies.id"))
    company = relationship(Company, back_populates="staff")
    reader = relationship(Company, back_populates="everyone", viewonly=True)


class Manager(Employee):
    __mapper_args__ = {"polymorphic_identity": "manager"}

    company = relationship(Company, back_populates="managers", overlaps="company,staff")


class Note(Base):
    __tablename__ = "notes"

    id = Column(Integer, primary_key=True)
    company_id = Column(ForeignKey("companies.id"))
    company = relationship(Company)
    tags = relationship("Tag", backref="note")


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)
    note_id = Column(ForeignKey("notes.id"))


class Shop(Base):
    """What the other side names only reads; the one that writes is of its own."""

    __tablename__ = "shops"

    id = Column(Integer, primary_key=True)
    every_item = relationship("Item", back_populates="shop")
    items = relationship("Item", primaryjoin="and_(Item.shop_id == Shop.id, Item.price > 0)", viewonly=True)


class Item(Base):
    __tablename__ = "items"

    id = Column(Integer, primary_key=True)
    price = Column(Integer)
    shop_id = Column(ForeignKey("shops.id"))
    shop = relationship(Shop, back_populates="items")
