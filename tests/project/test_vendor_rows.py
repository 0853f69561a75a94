"""vendor-specific-operation recognises what its table holds: each row's example, on the databases that the row names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from linter.examples import lint, written
from linter.finding import Finding
from linter.project.migrations.rows import ALEMBIC_ROWS, DJANGO_ROWS, SQL, Row
from linter.project.migrations.sql import refused, statements
from linter.project.migrations.vendors import MYSQL, POSTGRESQL, SQLITE, TITLES

ALL = 'databases = ["sqlite", "postgresql", "mysql"]\n'

REVISION = """import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql, postgresql

revision = "{number}"
down_revision = None


def upgrade():
    {example}
"""
# What the examples take for granted.
TABLES = REVISION.format(number="tables", example='op.create_table("thing", sa.Column("y", sa.String(40)))')
MIGRATION = """from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import *
from django.contrib.postgres.indexes import OpClass
from django.contrib.postgres.operations import *
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    operations = [
        {example},
    ]
"""


def found_in(files: dict[str, str]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    with written({**files, "ormlint.toml": ALL, "requirements.txt": "sqlalchemy==1.4.54\npymysql\n"}) as root:
        for finding in lint(root, "vendor-specific-operation").findings:
            found.setdefault(finding.path, []).append(finding)
    return found


def said(findings: list[Finding], row: Row) -> set[str]:
    """The databases that the finding of one row names."""
    messages = [finding.message for finding in findings if finding.message.startswith(f"{row.what} cannot run on ")]
    return {
        title for message in messages for title in TITLES.values() if title in message.partition(" cannot run on ")[2]
    }


def judge(rows: tuple[Row, ...], template: str, path: str) -> Iterator[str]:
    paths = [path.format(number=number) for number in range(len(rows))]
    files = {"migrations/versions/tables.py": TABLES} | {
        p: template.format(number=n, example=rows[n].example) for n, p in enumerate(paths)
    }
    found = found_in(files)
    for row, place in zip(rows, paths, strict=True):
        named = said(found.get(place, []), row)
        expected = {TITLES[vendor] for same in rows if same.what == row.what for vendor in same.fails}
        if named != expected:
            yield f"{row.example}: {named or 'nothing'}"
        others = {title for finding in found.get(place, []) for title in TITLES.values() if title in finding.message}
        if others & {TITLES[vendor] for vendor in row.works}:
            yield f"{row.example}: {others}, where it works"


def test_every_alembic_row() -> None:
    assert list(judge(ALEMBIC_ROWS, REVISION, "migrations/versions/{number}_x.py")) == []


def test_every_django_row() -> None:
    assert list(judge(DJANGO_ROWS, MIGRATION, "app/migrations/{number:04d}_x.py")) == []


@pytest.mark.parametrize("row", [sql.row for sql in SQL], ids=lambda row: row.example)
def test_every_sql_row(row: Row) -> None:
    for vendor in (SQLITE, POSTGRESQL, MYSQL):
        first = refused(row.example, vendor)
        assert (first is not None) == (vendor in row.fails) or vendor not in row.works
        if vendor in row.fails:
            assert first is not None
            assert vendor not in first.works


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT 1; SELECT 2;", ["SELECT 1", "SELECT 2", ""]),
        ("UPDATE t SET x = 'a;b''c' -- ; '\n WHERE y", ["UPDATE t SET x = ''  \n WHERE y"]),
        ("CREATE FUNCTION f() AS $body$ SELECT 1; $body$ LANGUAGE sql", ["CREATE FUNCTION f() AS $$ LANGUAGE sql"]),
        ("/* ALTER; */ DELETE FROM t", ["DELETE FROM t"]),
    ],
)
def test_statements(text: str, expected: list[str]) -> None:
    assert list(statements(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "CREATE INDEX i ON thing (x)",
        "ALTER TABLE thing ADD COLUMN z INTEGER",
        "ALTER TABLE thing RENAME COLUMN x TO z",
        "ALTER TABLE thing RENAME TO stuff",
        "UPDATE thing SET y = 'a::text, now(), `x`' WHERE y LIKE '%ILIKE%'",
        "UPDATE thing SET ts = CURRENT_TIMESTAMP",
        "INSERT INTO thing (id) SELECT id FROM other",
        "DROP TABLE IF EXISTS thing",
        "DELETE FROM thing WHERE id IN (SELECT id FROM other)",
        "-- DROP EXTENSION citext\nSELECT 1",
        "SELECT x FROM thing WHERE x = :value",
    ],
)
def test_what_all_databases_run(text: str) -> None:
    assert [refused(text, vendor) for vendor in (SQLITE, POSTGRESQL, MYSQL)] == [None, None, None]
