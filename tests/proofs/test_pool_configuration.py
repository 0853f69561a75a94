"""What pool-configuration says is what SQLAlchemy does."""

import pytest

from linter import registry
from linter.examples import lint, written
from tests.proofs import databases

RULE = registry.load("pool-configuration")
REFUSED = """
from sqlalchemy import create_engine
from sqlalchemy.pool import {pool}

engine = create_engine("{url}", poolclass={pool}, {arguments})
"""


@pytest.mark.parametrize("pool", ["NullPool", "StaticPool"])
@pytest.mark.parametrize("argument", ["pool_size=5", "max_overflow=2", "pool_timeout=3", "pool_use_lifo=True"])
def test_a_pool_that_keeps_nothing_takes_no_size(pool, argument):
    pytest.importorskip("sqlalchemy")
    code = REFUSED.format(url="sqlite://", pool=pool, arguments=argument)
    with written({"database.py": code}) as root:
        (finding,) = lint(root, RULE.name).findings
    with pytest.raises(TypeError) as raised:
        exec(compile(code, "database.py", "exec"), {})
    assert str(raised.value).startswith(finding.runtime)


def test_the_words_of_the_documentation():
    pytest.importorskip("sqlalchemy")
    pytest.importorskip("psycopg")
    url = "postgresql+psycopg://service@localhost/service"
    with pytest.raises(TypeError) as raised:
        exec(REFUSED.format(url=url, pool="NullPool", arguments="pool_size=5, max_overflow=2"), {})
    assert f"TypeError: {str(raised.value).partition('  ')[0]}" in RULE.documentation()


@pytest.mark.parametrize("looks", [False, True])
def test_a_connection_that_died_in_the_pool(looks):
    sqlalchemy = pytest.importorskip("sqlalchemy")
    with databases.scratch("postgresql"):
        engine = sqlalchemy.create_engine(databases.url("postgresql"), pool_size=5, max_overflow=0, pool_pre_ping=looks)
        with engine.connect() as connection:
            process = connection.scalar(sqlalchemy.text("SELECT pg_backend_pid()"))
        with databases.postgresql() as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
        try:
            with engine.connect() as connection:
                said = connection.scalar(sqlalchemy.text("SELECT 'alive'"))
        except sqlalchemy.exc.OperationalError as error:
            said = str(error)
        engine.dispose()
    assert said == "alive" if looks else "terminating connection due to administrator command" in said
