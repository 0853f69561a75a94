"""Every row of the table that vendor-specific-operation reads, run on the real databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.dialects import mysql, postgresql

from linter.project.migrations.rows import ALEMBIC_ROWS, DJANGO_ROWS, SQL, Row
from linter.project.migrations.vendors import MYSQL, POSTGRESQL, SQLITE, Vendor
from linter.project.requirements.pins import parse
from tests.proofs.databases import SCRATCH, connected, make_tables, scratch, url

VENDORS: tuple[Vendor, ...] = (SQLITE, POSTGRESQL, MYSQL)


def cases(rows: tuple[Row, ...]) -> list[object]:
    """Each row with each database that it says something about."""
    found = [(row, vendor) for row in rows for vendor in VENDORS if vendor in row.fails or vendor in row.works]
    return [pytest.param(row, vendor, id=f"{vendor}-{row.example}") for row, vendor in found]


def judge(row: Row, vendor: Vendor, said: str) -> None:
    fixed = row.below and parse(sa.__version__) >= parse(row.below)
    if vendor in row.works or fixed:
        assert said == ""
    else:
        assert said
        assert row.fails[vendor] in said


@dataclass
class Databases:
    """The scratch databases, each made when the first test asks for it. `untouched`: those that have their tables still,
    since all that was run on them failed."""

    stack: ExitStack
    made: set[Vendor] = field(default_factory=set)
    untouched: set[Vendor] = field(default_factory=set)
    absent: dict[Vendor, str] = field(default_factory=dict)

    def make(self, vendor: Vendor) -> None:
        if vendor in self.absent:
            pytest.skip(self.absent[vendor])
        if vendor not in self.made:
            try:
                self.stack.enter_context(scratch(vendor))
            except pytest.skip.Exception as reason:
                self.absent[vendor] = str(reason)
                raise
            self.made.add(vendor)

    def prepare(self, vendor: Vendor) -> None:
        if vendor not in self.untouched:
            with connected(vendor) as connection:
                make_tables(connection, vendor)
            self.untouched.add(vendor)


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    with ExitStack() as stack:
        yield Databases(stack)


@pytest.fixture(autouse=True)
def database(vendor: Vendor, databases: Databases) -> None:
    databases.make(vendor)


@pytest.mark.parametrize(("row", "vendor"), cases(tuple(sql.row for sql in SQL)))
def test_sql(row: Row, vendor: Vendor, databases: Databases) -> None:
    databases.prepare(vendor)
    with connected(vendor) as connection:
        if vendor == SQLITE:
            make_tables(connection, vendor)
        cursor = connection.cursor()
        in_transaction = vendor == POSTGRESQL and "CONCURRENTLY" not in row.example  # as a migration is run
        if in_transaction:
            cursor.execute("BEGIN")
        said = ""
        try:
            cursor.execute(row.example.replace("{database}", SCRATCH))
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
    if not said and not in_transaction:
        databases.untouched.discard(vendor)
    judge(row, vendor, said)


@pytest.mark.parametrize(("row", "vendor"), cases(ALEMBIC_ROWS))
def test_alembic(row: Row, vendor: Vendor, databases: Databases) -> None:
    databases.prepare(vendor)
    engine = sa.create_engine(url(vendor), poolclass=sa.pool.NullPool)
    said = ""
    with engine.connect() as bound, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if vendor == SQLITE:
            make_tables(bound.connection, vendor)
        names = {"op": Operations(MigrationContext.configure(bound)), "sa": sa}
        try:
            exec(row.example, {**names, "postgresql": postgresql, "mysql": mysql})
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
    if not said and vendor == MYSQL:  # elsewhere what was not committed is gone
        databases.untouched.discard(vendor)
    judge(row, vendor, said)


@pytest.fixture(scope="module")
def said_by_django() -> dict[Vendor, dict[str, str]]:
    return {}


@pytest.mark.parametrize(("row", "vendor"), cases(DJANGO_ROWS))
def test_django(row: Row, vendor: Vendor, said_by_django: dict[Vendor, dict[str, str]], tmp_path: Path) -> None:
    if vendor not in said_by_django:
        examples = [row.example for row in DJANGO_ROWS if vendor in row.fails or vendor in row.works]
        host = os.environ.get(f"ORMLINT_TEST_{vendor.upper()}", "127.0.0.1")
        database = str(tmp_path / "proof.sqlite3") if vendor == SQLITE else SCRATCH
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("django_operations.py")), vendor, database, host],
            input=json.dumps(examples), capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        said_by_django[vendor] = json.loads(done.stdout)
    judge(row, vendor, said_by_django[vendor][row.example])
