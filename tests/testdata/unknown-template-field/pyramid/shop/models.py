from sqlalchemy import Column, ForeignKey, Integer, Text
from sqlalchemy.orm import declarative_base, object_session, relationship

Base = declarative_base()


class OrderFactory:
    def __init__(self, request):
        self.request = request

    def __getitem__(self, number):
        return self.request.db.query(Order).filter(Order.number == number).one()


class Order(Base):
    __tablename__ = "orders"

    id = Column(Integer, primary_key=True)
    number = Column(Text)
    lines = relationship("Line", back_populates="order")

    def __getitem__(self, position):
        return object_session(self).query(Line).filter(Line.position == position).one()


class Line(Base):
    __tablename__ = "lines"

    id = Column(Integer, primary_key=True)
    position = Column(Integer)
    order_id = Column(ForeignKey("orders.id"))
    order = relationship(Order, back_populates="lines")
