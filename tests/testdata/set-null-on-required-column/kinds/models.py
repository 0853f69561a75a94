from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)


class Note(Base):
    __tablename__ = "notes"

    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("users.id", ondelete="SET NULL"), nullable=False)
    #                                                  ^^^^^^^^^^ set-null-on-required-column
    reader_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="set null"))
    #                                                                      ^^^^^^^^^^ set-null-on-required-column


class Owned:
    @declared_attr
    def owner_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("users.id", ondelete="SET NULL"), nullable=False)
        #                                                    ^^^^^^^^^^ set-null-on-required-column


class Cat(Owned, Base):
    __tablename__ = "cats"

    id: Mapped[int] = mapped_column(primary_key=True)


class Dog(Owned, Base):
    __tablename__ = "dogs"

    id: Mapped[int] = mapped_column(primary_key=True)


followers = Table(
    "followers",
    Base.metadata,
    Column("a", ForeignKey("users.id", ondelete="SET NULL"), primary_key=True),
    #                                           ^^^^^^^^^^ set-null-on-required-column
    Column("b", Integer, nullable=False),
    ForeignKeyConstraint(["b"], ["users.id"], ondelete="SET NULL"),
  # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ set-null-on-required-column
)
