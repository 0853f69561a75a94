"""Run migration operations on one database; a program of its own, since Django has one set of settings per process.

usage: django_operations.py VENDOR DATABASE HOST < EXAMPLES.json > SAID.json     what was raised by each example, "" for nothing
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from typing import Any

VENDOR, DATABASE, HOST = sys.argv[1:]
warnings.simplefilter("ignore")

if VENDOR == "mysql":
    import pymysql

    pymysql.version_info = (2, 2, 4, "final", 0)  # Django asks for mysqlclient's
    pymysql.install_as_MySQLdb()

from django import VERSION, setup  # noqa: E402
from django.conf import settings  # noqa: E402

ENGINES = {"sqlite": "sqlite3", "postgresql": "postgresql", "mysql": "mysql"}
USERS = {"sqlite": "", "postgresql": "postgres", "mysql": "root"}
settings.configure(
    DATABASES={
        "default": {
            "ENGINE": f"django.db.backends.{ENGINES[VENDOR]}", "NAME": DATABASE, "HOST": HOST, "USER": USERS[VENDOR],
        }
    },
    INSTALLED_APPS=["django.contrib.postgres"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)  # fmt: skip
setup()

from django.contrib.postgres import constraints, fields, indexes, operations, search  # noqa: E402
from django.db import connection, migrations, models  # noqa: E402
from django.db.migrations.state import ProjectState  # noqa: E402
from django.db.models.functions import Lower  # noqa: E402

if VERSION < (5, 1):
    initialise = models.CheckConstraint.__init__

    def with_condition(self: Any, *, condition: Any = None, check: Any = None, **options: Any) -> None:
        initialise(self, check=condition or check, **options)

    models.CheckConstraint.__init__ = with_condition  # type: ignore[method-assign]

NAMES: dict[str, Any] = {"migrations": migrations, "models": models, "Lower": Lower}
for module in (fields, search, indexes, constraints, operations):
    NAMES.update((name, getattr(module, name)) for name in dir(module) if name[:1].isupper())

THING = """migrations.CreateModel("thing", [
    ("id", models.AutoField(primary_key=True)), ("x", models.IntegerField(null=True)),
    ("y", models.CharField(max_length=40, default="")),
], options={"indexes": [models.Index(fields=["x"], name="thing_x")],
            "constraints": [models.CheckConstraint(condition=models.Q(x__lt=1000), name="small")]})"""


def clear() -> None:
    connection.close()
    if VENDOR == "sqlite":
        if os.path.exists(DATABASE):
            os.remove(DATABASE)
        return
    with connection.cursor() as cursor:
        if VENDOR == "postgresql":
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        else:
            cursor.execute(f"DROP DATABASE {DATABASE}")
            cursor.execute(f"CREATE DATABASE {DATABASE}")
            cursor.execute(f"USE {DATABASE}")


def forwards(state: ProjectState, source: str) -> ProjectState:
    operation = eval(source, NAMES)
    after = state.clone()
    operation.state_forwards("app", after)
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("app", editor, state, after)
    return after


def said(example: str) -> str:
    clear()
    state = forwards(ProjectState(), THING)
    try:
        forwards(state, example)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


json.dump({example: said(example) for example in json.load(sys.stdin)}, sys.stdout)
