from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Related
from linter.project import Project
from linter.project.sessions.engines import InvalidUrl


class InvalidDatabaseUrl(Check):
    """A database URL that begins with `postgres://` reaches SQLAlchemy, which does not know the name.

    Platforms hand out `postgres://…`, and psql, libpq and Django's dj-database-url take it. SQLAlchemy did so until 1.3; since
    1.4 the only name is `postgresql`, and whoever asks for an engine is told

    ```text
    sqlalchemy.exc.NoSuchModuleError: Can't load plugin: sqlalchemy.dialects:postgres
    ```

    ## Bad

    ```python
    # file: app/database.py
    import os

    from sqlalchemy import create_engine

    DATABASE_URL = os.environ.get("DATABASE_URL", "postgres://service@localhost/service")

    engine = create_engine(DATABASE_URL, pool_pre_ping=True)
    ```

    ## Good

    ```python
    # file: app/database.py
    import os

    from sqlalchemy import create_engine

    DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql://service@localhost/service")
    DATABASE_URL = DATABASE_URL.replace("postgres://", "postgresql://", 1)

    engine = create_engine(DATABASE_URL, pool_pre_ping=True)
    ```

    ## Silent when

    - the URL is not seen to reach `create_engine`, `create_async_engine`, `SQLALCHEMY_DATABASE_URI` or Alembic's
      `sqlalchemy.url`; it may go to Django, asyncpg or psycopg, which take it;
    - something in the program looks for `postgres://` itself, to replace it;
    - SQLAlchemy is pinned to a version before 1.4;
    - it stands in a test, or in a compose file for a service that is not built from the project.

    It is looked for in Python, in `.env` files and compose files (the variables that an engine's URL is read from), and in
    alembic.ini.

    ## Fix

    Safe: the scheme is written `postgresql`.
    """

    summary = "a `postgres://` URL for SQLAlchemy, which has no such dialect"
    severity = "error"
    fixable = True
    kinds = frozenset({"python", "config"})

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for url in project.engines.invalid_urls.get(path, ()):
                yield self.report(url)

    def report(self, url: InvalidUrl) -> Finding:
        plugin = f"postgres.{url.driver}" if url.driver else "postgres"
        return self.finding(
            url.scheme,
            "the URL begins with `postgres`, which is no dialect of SQLAlchemy",
            runtime=f"Can't load plugin: sqlalchemy.dialects:{plugin}",
            help="write `postgresql`",
            related=[Related(url.used, "an engine gets it here")] if url.used is not None else [],
            fix=Fix(True, (Edit(url.scheme, "postgresql"),), "write postgresql"),
        )
