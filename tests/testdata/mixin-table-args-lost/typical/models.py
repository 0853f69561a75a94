from sqlalchemy import CheckConstraint, Column, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, declared_attr


class Base(DeclarativeBase):
    __table_args__ = {"schema": "shop"}


class Priced:
    price = Column(Integer)

    @declared_attr.directive
    def __table_args__(cls):
        return (CheckConstraint("price > 0"), Index(f"ix_{cls.__name__}", "price"))


class Product(Priced, Base):
    __tablename__ = "products"

    id = Column(Integer, primary_key=True)
    code = Column(String(20))
    __table_args__ = (UniqueConstraint("code"), {"schema": "shop"})
    #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mixin-table-args-lost


class Order(Base):
    __tablename__ = "orders"

    id = Column(Integer, primary_key=True)
    code = Column(String(20))
    __table_args__ = (UniqueConstraint("code"),)
    #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ mixin-table-args-lost
