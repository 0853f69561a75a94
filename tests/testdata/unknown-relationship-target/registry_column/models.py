"""A column that is called `registry` says nothing of the registry that its class is mapped in."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Image(Base):
    __tablename__ = "images"

    id: Mapped[int] = mapped_column(primary_key=True)
    registry: Mapped[str] = mapped_column("registry")


class Alias(Base):
    __tablename__ = "aliases"

    id: Mapped[int] = mapped_column(primary_key=True)
    image_id: Mapped[int] = mapped_column(ForeignKey("images.id"))
    image: Mapped[Image] = relationship("Image")
    other: Mapped[Image] = relationship("Imag")
    #                                   ^^^^^^ unknown-relationship-target
