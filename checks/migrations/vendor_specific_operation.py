from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.migrations import Obstacle
from linter.project.migrations.vendors import TITLES


class VendorSpecificOperation(Check):
    """A migration holds an operation, or raw SQL, that one of the project's databases cannot run.

    Development and tests on SQLite, production on PostgreSQL: then every migration runs on both, and the first one that
    only PostgreSQL understands breaks the test run, or the next checkout:

    ```text
    django.db.utils.OperationalError: near "EXCLUDE": syntax error
    NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature
    ```

    Which databases are meant is not asked but read: `DATABASES` in every settings module and in each of its branches
    (`dj_database_url` and `env.db` defaults, test settings, `if "test" in sys.argv`) for Django; what `env.py` connects to,
    `alembic.ini` and `SQLALCHEMY_DATABASE_URI` for Alembic; of environment variables that these ask for, what `.env` and Compose
    files say. `databases = ["postgresql"]` in ormlint's configuration
    overrides all that. A finding names the database, and the line that makes it one of the project's.

    Which operation fails where is not folklore: every row of the table behind this check is run on the real databases by
    ormlint's own tests. (On SQLite `BtreeGistExtension`, `CreateCollation`, `GinIndex` and nullable array fields are no
    problem at all.) MySQL stands for MariaDB as well.

    What an Alembic revision gives its columns counts, too: `server_default=sa.text("0")` for a Boolean, an enumeration that
    `add_column` does not create, a type that PostgreSQL wants a `USING` for; and so does raw SQL that only one database
    reads so: several statements at once, names and texts in the wrong quotes, names that are reserved words elsewhere.

    ## Bad

    ```python
    # file: config/settings.py
    import sys

    INSTALLED_APPS = ["django.contrib.contenttypes", "bookings"]
    DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "site"}}
    if "test" in sys.argv:
        DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    ```

    ```python
    # file: bookings/migrations/0002_no_overlap.py
    from django.contrib.postgres.constraints import ExclusionConstraint
    from django.db import migrations


    class Migration(migrations.Migration):
        dependencies = [("bookings", "0001_initial")]

        operations = [
            migrations.AddConstraint(
                model_name="booking",
                constraint=ExclusionConstraint(name="no_overlap", expressions=[("room", "="), ("during", "&&")]),
            ),
        ]
    ```

    ## Good

    ```python
    # file: config/settings.py
    import sys

    INSTALLED_APPS = ["django.contrib.contenttypes", "bookings"]
    DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "site"}}
    if "test" in sys.argv:
        DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    ```

    ```python
    # file: bookings/migrations/0002_no_overlap.py
    from django.db import migrations


    def add_constraint(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                "ALTER TABLE bookings_booking ADD CONSTRAINT no_overlap EXCLUDE USING gist (room WITH =, during WITH &&)"
            )


    class Migration(migrations.Migration):
        dependencies = [("bookings", "0001_initial")]

        operations = [migrations.RunPython(add_constraint, migrations.RunPython.noop)]
    ```

    ## Silent when

    - the project shows no database, or only such that can run the operation;
    - the operation is guarded: by `connection.vendor`, `dialect.name`, `isinstance(…dialect, …)`, the engine or the URL in the
      settings; with `if`, `else`, an early `return`, a variable, a helper function, or in the caller of a helper; or by any
      condition that cannot be decided;
    - Django guards it itself (every extension operation, `CreateCollation`), or it is an operation class of the project's own;
    - it only changes the state (`state_operations`), has router `hints`, is `elidable`, catches its failure, stands in
      `downgrade()` or a reverse operation, in a migration that a squashed one replaces, or inside `batch_alter_table`;
    - the tests do not migrate (`MIGRATION_MODULES`, `--nomigrations`), routers decide which app runs on which database, or
      the program makes its tables with `create_all()` on that database.

    ## Fix

    None: whether the database is dropped, the operation guarded or done otherwise is not the tool's to decide.
    """

    summary = "a migration operation or raw SQL that a database of the project cannot run"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        unit = project.unit(path)
        if unit is None or not ("Migration" in unit.names or "down_revision" in unit.names):
            return
        for obstacle in project.migrations.obstacles(path):
            yield self.report(project, path, obstacle)

    def report(self, project: Project, path: str, obstacle: Obstacle) -> Finding:
        row = obstacle.row
        titles = [TITLES[target.vendor] for target in obstacle.targets]
        related = []
        for target in obstacle.targets:
            place = project.vendors.place(target)
            if place is not None:
                related.append(Related(place, f"{TITLES[target.vendor]} is a database of the project"))
        return self.finding(
            project.migrations.place(path, obstacle),
            f"{row.what} cannot run on {' and '.join(titles)}",
            runtime=row.fails[obstacle.targets[0].vendor],
            help=row.help,
            related=related,
        )
