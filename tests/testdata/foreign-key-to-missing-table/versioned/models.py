# SQLAlchemy-Continuum makes tables and classes of its own: those of versions, and a few more.
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship
from sqlalchemy_continuum import make_versioned
from sqlalchemy_continuum.plugins import FlaskPlugin

make_versioned(user_cls=None, plugins=[FlaskPlugin()])
Base = declarative_base()


class Bill(Base):
    __tablename__ = "bill"
    __versioned__ = {}

    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey("owners.id"))
    #                            ^^^^^^^^^^^ foreign-key-to-missing-table
    other_id = Column(ForeignKey("bill_version.id"))
    later_id = Column(ForeignKey("payment_version.id"))
    transaction_id = Column(ForeignKey("transaction.id"))
    activity_id = Column(ForeignKey("activity.id"))
    activity = relationship("Activity")
    later = relationship("PaymentVersion", foreign_keys=[later_id])
    gone = relationship("Bil")
    #                   ^^^^^ unknown-relationship-target
