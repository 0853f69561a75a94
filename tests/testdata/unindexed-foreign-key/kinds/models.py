from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, Table, UniqueConstraint
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    region = Column(Integer)
    number = Column(Integer)
    notes = relationship("Note", foreign_keys="Note.author_id")
    tags = relationship("Tag", secondary="tagged")
    letters = relationship("Letter")

    __table_args__ = (UniqueConstraint("region", "number"),)


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)


tagged = Table(
    "tagged",
    Base.metadata,
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    #                            ^^^^^^^^^^ unindexed-foreign-key
)


class Note(Base):
    __tablename__ = "notes"
    __table_args__ = (Index("ix_notes_kind", "kind_id", "author_id"), Index("ix_notes_reader", "reader_id"))

    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("users.id"))  # second in an index
    #                             ^^^^^^^^^^ unindexed-foreign-key
    kind_id = Column(ForeignKey("tags.id"))
    reader_id = Column(ForeignKey("users.id"))
    editor_id = Column(ForeignKey("users.id"), index=True)
    printer_id = Column(ForeignKey("users.id"), index=True)
    keeper_id = Column(ForeignKey("users.id"))  # nobody looks rows up by it


class Letter(Base):
    __tablename__ = "letters"
    __table_args__ = (
        ForeignKeyConstraint(["region", "number"], ["users.region", "users.number"]),
      # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unindexed-foreign-key
    )

    id = Column(Integer, primary_key=True)
    region = Column(Integer)
    number = Column(Integer)
    stamp_id = Column(ForeignKey("tags.id"), index=True)
