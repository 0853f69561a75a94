from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, PrimaryKeyConstraint, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Team(Base):
    __tablename__ = "teams"

    id = Column(Integer, primary_key=True)


class Member(Base):
    __tablename__ = "members"
    __table_args__ = (
        Index("ix_members_team", "team"),
        #                        ^^^^^^ unknown-constraint-column
        Index("ix_members_ident", "ident"),
        #                         ^^^^^^^ unknown-constraint-column
        ForeignKeyConstraint(["team_ident"], ["teams.id"]),
        #                     ^^^^^^^^^^^^ unknown-constraint-column
    )

    id = Column(Integer, primary_key=True)
    ident = Column("number", Integer)
    team_id = Column(ForeignKey("teams.id"))
    team = relationship(Team)


seats = Table("seats", Base.metadata, Column("row", Integer), PrimaryKeyConstraint("row", "seat"))
#                                                                                         ^^^^^^ unknown-constraint-column
