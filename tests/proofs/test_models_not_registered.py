"""What models-not-registered says is what Alembic does."""

import subprocess
import sys

import pytest

from linter import registry
from linter.examples import example, lint, written

RULE = registry.load("models-not-registered")
# The database as it is, with both tables, and what Alembic makes of it when it has imported what `env.py` imports.
ASK = """
import logging
import sys

logging.basicConfig(stream=sys.stdout, format="%(message)s", level=logging.INFO)
logging.getLogger("alembic.runtime").disabled = True
import app.models
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from app.database import Base
from sqlalchemy import create_engine, text

with create_engine("sqlite://").connect() as connection:
    connection.execute(text("CREATE TABLE messages (id INTEGER NOT NULL PRIMARY KEY)"))
    connection.execute(text("CREATE TABLE attachments (id INTEGER NOT NULL PRIMARY KEY)"))
    context = MigrationContext.configure(connection)
    print(render_python_code(produce_migrations(context, Base.metadata).upgrade_ops))
"""


def answer(section):
    pytest.importorskip("alembic")
    with written(example(RULE, section)) as root:
        (root / "alembic").rename(root / "migrations")  # else it is imported in place of Alembic
        done = subprocess.run([sys.executable, "-B", "-c", ASK], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_autogenerate_drops_the_table_that_it_does_not_see():
    with written(example(RULE, "Bad")) as root:
        (finding,) = lint(root, RULE.name).findings
    said = answer("Bad")
    assert finding.runtime in said
    assert finding.runtime in RULE.documentation()
    assert "op.drop_table('attachments')" in said
    assert "op.drop_table('attachments')" in RULE.documentation()


def test_what_is_imported_stays():
    said = answer("Good")
    assert "Detected" not in said
    assert "drop_table" not in said
