"""Attributes that a module gives the classes of another."""

from sqlalchemy.orm import relationship

from zoo import classic

classic.Tool.whole = relationship(classic.Whole, back_populates="tool", uselist=False)
