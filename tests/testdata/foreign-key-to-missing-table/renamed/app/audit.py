from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import relationship

from app.base import Base

readers = Table(
    "audit_readers",
    Base.metadata,
    Column("audit_id", ForeignKey("audit_logs.id"), primary_key=True),
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    #                            ^^^^^^^^^^ foreign-key-to-missing-table
)


class AuditLog(Base):
    __tablename__ = "audit_logs"

    id = Column(Integer, primary_key=True)
    größe = Column(Integer)
    user_id = Column(String, ForeignKey("users.id", name="größe"), index=True)
    #                                   ^^^^^^^^^^ foreign-key-to-missing-table

    user = relationship("User")
    #      ^^^^^^^^^^^^^^^^^^^^ undetermined-join
    readers = relationship("User", secondary=readers)
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ undetermined-join
