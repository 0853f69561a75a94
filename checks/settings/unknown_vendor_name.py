from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.settings.vendor_names import WrongName, wrong_vendor_names
from linter.span import Span

ASKED = {"vendor": "`connection.vendor`", "dialect": "`dialect.name`", "engine": "`ENGINE`"}


class UnknownVendorName(Check):
    """Code asks whether the database is one of a name that no database has, so that it never is.

    Django's `connection.vendor` is `postgresql`, `mysql`, `sqlite` or `oracle`, and SQLAlchemy's `dialect.name` is one of these
    too. `ENGINE` in `DATABASES` is the dotted path of a backend, `django.db.backends.postgresql`. A comparison with `postgres`,
    `sqlite3` or `postgresql` is false on every database, and the branch that was written for one of them never runs. Nothing
    is raised.

    ## Bad

    ```python
    # file: app/work.py
    from django.db import connection


    def is_postgresql():
        return connection.vendor == "postgres"
    ```

    ## Good

    ```python
    # file: app/work.py
    from django.db import connection


    def is_postgresql():
        return connection.vendor == "postgresql"
    ```

    ## Silent when

    - the name is looked for inside another text: `"postgres" in settings.DATABASES["default"]["ENGINE"]`;
    - what is compared is not plainly the vendor, the dialect's name or the engine;
    - the name is none of those that people commonly mistake: packages bring databases of their own.

    ## Fix

    Unsafe: the right name is written. A branch that never ran will then run.
    """

    summary = "a comparison of the database's name with one that no database has"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in wrong_vendor_names(project, path):
            yield self.report(project, path, found)

    def report(self, project: Project, path: str, found: WrongName) -> Finding:
        place = project.place(path, found.span)
        fix = None
        if found.meant:
            inner = project.place(path, Span(found.span.end - 1 - len(found.name), found.span.end - 1))
            fix = Fix(False, (Edit(inner, found.meant),), f"write {found.meant}")
        holds = "always true" if found.op == "!=" else "never true"
        message = f"{ASKED[found.asked]} is never `{found.name}`"
        return self.finding(
            place,
            message if found.op in ("in", "not in") else f"{message}: this is {holds}",
            help=f"write `{found.meant}`" if found.meant else "write the dotted path of the backend",
            fix=fix,
        )
