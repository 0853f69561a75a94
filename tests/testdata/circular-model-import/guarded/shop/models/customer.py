from sqlalchemy import Column, Integer

from shop.base import Base


class Customer(Base):
    __tablename__ = "customers"

    id = Column(Integer, primary_key=True)

    def orders(self, session):
        return session.query(Order).filter_by(customer_id=self.id)


from shop.models.order import Order  # noqa: E402
#                             ^^^^^ circular-model-import
