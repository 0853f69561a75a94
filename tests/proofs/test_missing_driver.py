"""What missing-driver says is what SQLAlchemy and Python raise."""

import importlib.util

import pytest

from linter import registry
from linter.examples import example, lint, written
from linter.project.sessions import drivers

sqlalchemy = pytest.importorskip("sqlalchemy")
RULE = registry.load("missing-driver")
SYNC = {"pysqlite": "sqlite://", "pymysql": "mysql+pymysql://localhost/site"}


def test_the_bad_example_is_refused():
    with pytest.raises(sqlalchemy.exc.InvalidRequestError) as raised:
        exec(example(RULE, "Bad")["app/database.py"], {})
    assert (
        f"sqlalchemy.exc.InvalidRequestError: {str(raised.value).partition(' (Background')[0]}" in RULE.documentation()
    )


def test_the_good_one_is_not():
    pytest.importorskip("aiosqlite")
    exec(example(RULE, "Good")["app/database.py"], {})


@pytest.mark.parametrize("driver", SYNC)
def test_an_async_engine_takes_no_sync_driver(driver):
    pytest.importorskip({"pysqlite": "sqlite3"}.get(driver, driver))
    code = f"from sqlalchemy.ext.asyncio import create_async_engine\n\nengine = create_async_engine({SYNC[driver]!r})\n"
    with pytest.raises(sqlalchemy.exc.InvalidRequestError) as raised:
        exec(code, {})
    with written({"database.py": code}) as root:
        (finding,) = lint(root, RULE.name).findings
    assert str(raised.value).startswith(finding.runtime)


def test_a_sync_engine_takes_no_async_driver():
    pytest.importorskip("aiosqlite")
    engine = sqlalchemy.create_engine("sqlite+aiosqlite://")
    with pytest.raises(sqlalchemy.exc.MissingGreenlet) as raised:
        engine.connect()
    code = "from sqlalchemy import create_engine\n\nengine = create_engine('sqlite+aiosqlite://')\n"
    with written({"database.py": code}) as root:
        (finding,) = lint(root, RULE.name).findings
    text = str(raised.value).replace("await_()", "await_only()")  # as 2.1 calls it
    assert text.startswith(finding.runtime)
    assert f"sqlalchemy.exc.MissingGreenlet: {finding.runtime}" in RULE.documentation()


@pytest.mark.parametrize("driver", sorted(drivers._PACKAGES))
def test_a_driver_is_looked_for_by_this_module(driver):
    _, module = drivers._PACKAGES[driver]
    if importlib.util.find_spec(module.partition(".")[0]) is not None:
        pytest.skip(f"{module} is installed")
    dialect = {"psycopg2": "postgresql", "psycopg": "postgresql", "pg8000": "postgresql", "asyncpg": "postgresql"}
    url = f"{'sqlite' if driver == 'aiosqlite' else dialect.get(driver, 'mysql')}+{driver}://localhost/site"
    with pytest.raises(ModuleNotFoundError) as raised:
        sqlalchemy.create_engine(url)
    assert str(raised.value) == f"No module named '{module}'"
