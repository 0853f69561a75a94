# Tables whose names are put together from what is not known: any that looks like that may be one of them.
from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base

Base = declarative_base()


def history_of(mapper, columns):
    return Table(f"{mapper.local_table.name}_history", mapper.local_table.metadata, *columns)


def labels_of(table):
    class Label(Base):
        __tablename__ = f"{table}_labels"

        id = Column(Integer, primary_key=True)

    return Label


class Note(Base):
    __tablename__ = "notes"

    id = Column(Integer, primary_key=True)
    before_id = Column(ForeignKey("notes_history.id"))
    label_id = Column(ForeignKey("notes_labels.id"))
    gone_id = Column(ForeignKey("nots.id"))
    #                           ^^^^^^^^^ foreign-key-to-missing-table
