"""SQLAlchemy-Continuum's tables: ours held against what the package makes, where it is installed."""

from __future__ import annotations

import pytest

from linter.extract import facts_of
from linter.project import Project
from linter.source import decode

SOURCE = """
from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import configure_mappers, declarative_base, relationship
from sqlalchemy_continuum import make_versioned

make_versioned(user_cls=None)
Base = declarative_base()

owners = Table(
    "owners",
    Base.metadata,
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True),
    Column("bill_id", Integer, ForeignKey("bill.id"), primary_key=True),
)


class Person(Base):
    __versioned__ = {}
    __tablename__ = "person"

    id = Column(Integer, primary_key=True)
    name = Column(String, nullable=False, unique=True)


class Bill(Base):
    __versioned__ = {"exclude": ["note"]}
    __tablename__ = "bill"

    id = Column(Integer, primary_key=True)
    payer_id = Column(ForeignKey("person.id"), nullable=False)
    note = Column(String)
    owers = relationship(Person, secondary=owners)


configure_mappers()
"""


@pytest.fixture(scope="module")
def project() -> Project:
    data = SOURCE.encode()
    return Project({"m.py": facts_of("m.py", "python", data)}, lambda path: decode(path, data))


def test_versions_of_classes_and_of_what_lies_between_them(project: Project) -> None:
    tables = {table.name: table for table in project.tables.tables}
    assert set(tables) == {
        "person", "bill", "owners", "person_version", "bill_version", "owners_version", "transaction",
    }  # fmt: skip
    assert {name for name, table in tables.items() if table.open} == {"transaction"}
    assert list(tables["bill_version"].columns) == [
        "id", "payer_id", "transaction_id", "end_transaction_id", "operation_type",
    ]  # fmt: skip
    assert tables["bill"].columns["payer_id"].foreign_keys


def test_what_the_package_makes(project: Project) -> None:
    pytest.importorskip("sqlalchemy_continuum")
    namespace: dict[str, object] = {"__name__": "m"}
    exec(compile(SOURCE, "m.py", "exec"), namespace)
    made = namespace["Base"].metadata.tables  # type: ignore[attr-defined]
    for table in project.tables.tables:
        want = made[table.name]
        if table.open:
            continue
        assert {
            c.name: (c.nullable, c.primary_key, len(c.foreign_keys), bool(c.unique)) for c in want.columns
        } == {
            c.name: (c.nullable, c.primary_key, len(c.foreign_keys), bool(c.unique)) for c in table.columns.values()
        }  # fmt: skip
