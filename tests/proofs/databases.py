"""The databases that the proofs run on: SQLite always, PostgreSQL and MySQL/MariaDB where a server answers.

`ORMLINT_TEST_POSTGRESQL` and `ORMLINT_TEST_MYSQL` say another host than 127.0.0.1. Everything happens in a scratch database
that is dropped afterwards.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

SCRATCH = f"ormlint_proof_{os.getpid()}"

TABLES = (
    "CREATE TABLE other (id INTEGER NOT NULL PRIMARY KEY, x INTEGER)",
    "CREATE TABLE keyless (id INTEGER NOT NULL)",
    "CREATE TABLE thing (id INTEGER NOT NULL PRIMARY KEY, x INTEGER, y VARCHAR(40), ts TIMESTAMP NULL,"
    " CONSTRAINT one_y UNIQUE (y), CONSTRAINT small CHECK (x < 1000))",
    "CREATE TABLE part (id INTEGER NOT NULL PRIMARY KEY, thing_id INTEGER,"
    " CONSTRAINT part_of FOREIGN KEY (thing_id) REFERENCES thing (id))",
    "CREATE INDEX thing_x ON thing (x)",
    "CREATE TABLE filled (id INTEGER NOT NULL PRIMARY KEY)",
    "INSERT INTO filled (id) VALUES (1)",
)
WORDS = ("key", "keys", "condition", "trigger", "range", "lock", "release", "usage", "signal")
ON_POSTGRESQL = ("CREATE SEQUENCE counter", "CREATE MATERIALIZED VIEW snapshot AS SELECT x FROM other")


def postgresql(database: str = "postgres") -> Any:
    psycopg = pytest.importorskip("psycopg")
    host = os.environ.get("ORMLINT_TEST_POSTGRESQL", "127.0.0.1")
    try:
        return psycopg.connect(host=host, user="postgres", dbname=database, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL answers on {host}: {str(error).splitlines()[0]}")


def mysql(database: str | None = None) -> Any:
    pymysql = pytest.importorskip("pymysql")
    host = os.environ.get("ORMLINT_TEST_MYSQL", "127.0.0.1")
    try:
        return pymysql.connect(host=host, user="root", database=database, autocommit=True, connect_timeout=3)
    except pymysql.err.OperationalError as error:
        pytest.skip(f"no MySQL or MariaDB answers on {host}: {error}")


def url(vendor: str) -> str:
    """The scratch database as SQLAlchemy names it."""
    if vendor == "sqlite":
        return "sqlite://"
    if vendor == "postgresql":
        return f"postgresql+psycopg://postgres@{os.environ.get('ORMLINT_TEST_POSTGRESQL', '127.0.0.1')}/{SCRATCH}"
    return f"mysql+pymysql://root@{os.environ.get('ORMLINT_TEST_MYSQL', '127.0.0.1')}/{SCRATCH}"


@contextmanager
def scratch(vendor: str) -> Iterator[None]:
    """A database of our own; the test is skipped, with the reason, where there is no server."""
    if vendor == "sqlite":
        yield
        return
    with closing(postgresql() if vendor == "postgresql" else mysql()) as server:
        server.cursor().execute(f"CREATE DATABASE {SCRATCH}")
        try:
            yield
        finally:
            force = " WITH (FORCE)" if vendor == "postgresql" else ""
            server.cursor().execute(f"DROP DATABASE {SCRATCH}{force}")


@contextmanager
def connected(vendor: str) -> Iterator[Any]:
    """A connection to the scratch database, which may hold anything; SQLite's is always a new one."""
    if vendor == "sqlite":
        connection: Any = sqlite3.connect(":memory:", isolation_level=None)
    else:
        connection = postgresql(SCRATCH) if vendor == "postgresql" else mysql(SCRATCH)
    with closing(connection):
        yield connection


def make_tables(connection: Any, vendor: str) -> None:
    """The tables that the examples speak of, and nothing else."""
    cursor = connection.cursor()
    if vendor == "postgresql":
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    elif vendor == "mysql":
        cursor.execute(f"DROP DATABASE {SCRATCH}")
        cursor.execute(f"CREATE DATABASE {SCRATCH}")
        cursor.execute(f"USE {SCRATCH}")
    for statement in (*TABLES, *(ON_POSTGRESQL if vendor == "postgresql" else ())):
        cursor.execute(statement)
    quote = "`" if vendor == "mysql" else '"'
    cursor.execute(f"CREATE TABLE worded ({', '.join(f'{quote}{word}{quote} INTEGER' for word in WORDS)})")
    cursor.execute(f"CREATE TABLE {quote}user{quote} (x INTEGER)")
