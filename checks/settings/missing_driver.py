from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.sessions.drivers import WrongDriver

WAITS = "greenlet_spawn has not been called; can't call await_only() here. Was IO attempted in an unexpected place?"


class MissingDriver(Check):
    """An engine of SQLAlchemy gets a URL whose driver is of the wrong kind, or that nobody installs.

    The URL says which driver is loaded: `sqlite://` is pysqlite, `mysql://` is mysqlclient, `postgresql+asyncpg://` is asyncpg.
    An async engine needs an async one, and refuses every other when it is made:

    ```text
    sqlalchemy.exc.InvalidRequestError: The asyncio extension requires an async driver to be used. The loaded 'pysqlite' is not async.
    ```

    The other way round the engine is made, and the first connection fails, as in an Alembic `env.py` that takes the
    application's URL:

    ```text
    sqlalchemy.exc.MissingGreenlet: greenlet_spawn has not been called; can't call await_only() here. Was IO attempted in an unexpected place?
    ```

    A driver that no requirement brings is installed on the machine where the code was written, and not on the next one:
    `ModuleNotFoundError: No module named 'MySQLdb'`.

    ## Bad

    ```python
    # file: app/database.py
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine("sqlite:///site.db")
    ```

    ## Good

    ```python
    # file: app/database.py
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine("sqlite+aiosqlite:///site.db")
    ```

    ## Silent when

    - the URL is not written in the project, or anything may change it on its way to the engine (`url.replace(…)`);
    - the driver depends on SQLAlchemy's version, and that is not pinned: `postgresql://` is psycopg2 before 2.1, then psycopg;
    - a sync engine is made async later: `AsyncEngine(create_engine(url))`;
    - for drivers that are not installed: the requirements do not ask for SQLAlchemy, ask for an extra of it, or stand in a
      file that is not read to the end (`setup.py`); any code or file speaks of the driver;
    - it stands in tests.

    ## Fix

    None: which driver it is to be is not the tool's to choose.
    """

    summary = "a database URL for SQLAlchemy whose driver is of the wrong kind, or is not installed"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for found in project.drivers.wrong(path):
                yield self.report(project, found)

    def report(self, project: Project, found: WrongDriver) -> Finding:
        url = found.url
        engine = project.engines.place(found.engine, found.engine.call.at)
        message, runtime, help_ = self.words(found)
        related = [Related(engine, "the engine is made here")] if engine != url.place else []
        return self.finding(url.place, message, runtime=runtime, help=help_, related=related)

    def words(self, found: WrongDriver) -> tuple[str, str, str]:
        driver, dialect = found.url.driver, found.url.dialect
        if found.kind == "sync":
            return (
                f"the engine is async, and the driver of this URL, {driver}, is not",
                f"The asyncio extension requires an async driver to be used. The loaded '{driver}' is not async.",
                f"name an async driver: `{dialect}+{ {'sqlite': 'aiosqlite', 'postgresql': 'asyncpg'}.get(dialect, 'asyncmy') }://`",
            )
        if found.kind == "async":
            return (
                f"the driver of this URL, {driver}, is async, and the engine is not",
                WAITS,
                "use `create_async_engine()`, or name a sync driver",
            )
        return (
            f"no requirement brings `{found.module}`, the driver of this URL",
            f"No module named '{found.module}'",
            "ask for it in the requirements, or name another driver in the URL",
        )
