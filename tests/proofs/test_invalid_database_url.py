"""What invalid-database-url says is what SQLAlchemy does."""

import pytest

from linter import registry
from linter.examples import example, lint, written

RULE = registry.load("invalid-database-url")


@pytest.mark.parametrize("scheme", ["postgres", "postgres+psycopg2"])
def test_there_is_no_such_dialect(scheme):
    sqlalchemy = pytest.importorskip("sqlalchemy")
    files = {
        "database.py": f'from sqlalchemy import create_engine\n\nengine = create_engine("{scheme}://a@localhost/b")\n'
    }
    with written(files) as root:
        (finding,) = lint(root, RULE.name).findings
    with pytest.raises(sqlalchemy.exc.NoSuchModuleError) as raised:
        exec(compile(files["database.py"], "database.py", "exec"), {})
    assert str(raised.value) == finding.runtime


def test_the_examples(monkeypatch):
    sqlalchemy = pytest.importorskip("sqlalchemy")
    pytest.importorskip("psycopg")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    bad = example(RULE, "Bad")["app/database.py"]
    with pytest.raises(sqlalchemy.exc.NoSuchModuleError) as raised:
        exec(compile(bad, "database.py", "exec"), {})
    assert f"sqlalchemy.exc.NoSuchModuleError: {raised.value}" in RULE.documentation()
    monkeypatch.setenv("DATABASE_URL", "postgres://service@localhost/service")
    good = example(RULE, "Good")["app/database.py"].replace('"postgresql://", 1', '"postgresql+psycopg://", 1')
    exec(compile(good, "database.py", "exec"), {})
