from typing import Optional

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import Mapped, declarative_base, mapped_column, relationship

Base = declarative_base()


class Node(Base):
    __tablename__ = "nodes"

    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("nodes.id"))
    children = relationship("Node", back_populates="parent")
    parent = relationship("Node", back_populates="children")
    #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ self-reference-without-remote-side


class Alone(Base):
    __tablename__ = "alone"

    id = Column(Integer, primary_key=True)
    above_id = Column(ForeignKey("alone.id"))
    above = relationship("Alone")
    #       ^^^^^^^^^^^^^^^^^^^^^ self-reference-without-remote-side


class Backwards(Base):
    __tablename__ = "backwards"

    id = Column(Integer, primary_key=True)
    boss_id = Column(ForeignKey("backwards.id"))
    manager = relationship("Backwards", backref="reports")
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ self-reference-without-remote-side


class Comment(Base):
    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    answered: Mapped[Optional[int]] = mapped_column(ForeignKey("comments.id"))
    question: Mapped[Optional["Comment"]] = relationship()
    #                                       ^^^^^^^^^^^^^^ self-reference-without-remote-side


class Both(Base):
    __tablename__ = "both"

    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("both.id"))
    parent = relationship("Both", back_populates="children", remote_side=[id])
    children = relationship("Both", back_populates="parent", remote_side=[id])
    #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ self-reference-without-remote-side
