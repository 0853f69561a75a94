from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from linter.check import Check
from linter.facts import syntax as s
from linter.finding import Edit, Finding, Fix, Place
from linter.project import Project
from linter.project.imports.modules import is_test
from linter.project.sessions.engines import Engine
from linter.span import Range

QUEUED = ("pool_size", "max_overflow", "pool_timeout", "pool_use_lifo")
CARES = frozenset({"pool_pre_ping", "pool_recycle", "poolclass", "pool", "creator", "async_creator"})


class PoolConfiguration(Check):
    """A pool of connections that is set up in a way that fails.

    A connection in the pool of a server's database can die there: the server restarts, a proxy or the platform cuts what is
    idle. A pool that was given a size, but neither `pool_pre_ping` nor `pool_recycle`, hands such a connection to the next
    request, which fails with the driver's own words, on PostgreSQL

    ```text
    psycopg.errors.AdminShutdown: terminating connection due to administrator command
    psycopg2.OperationalError: server closed the connection unexpectedly
    ```

    And a size for a pool that keeps nothing is refused where the engine is made:

    ```text
    TypeError: Invalid argument(s) 'pool_size','max_overflow' sent to create_engine(), using configuration PGDialect_psycopg/NullPool/Engine.
    ```

    ## Bad

    ```python
    # file: app/database.py
    from sqlalchemy import create_engine

    engine = create_engine("postgresql+psycopg://service@localhost/service", pool_size=5, max_overflow=0)
    ```

    ## Good

    ```python
    # file: app/database.py
    from sqlalchemy import create_engine

    engine = create_engine(
        "postgresql+psycopg://service@localhost/service", pool_size=5, max_overflow=10, pool_pre_ping=True
    )
    ```

    ## Silent when

    - no argument sets up the pool, or `pool_pre_ping`, `pool_recycle`, a `poolclass` or a `creator` is there, whatever its
      value;
    - the database is SQLite, or is not known;
    - arguments come as `**options`, or an event listener looks after the connections (`engine_connect`, `checkout`);
    - it is a test, or Alembic's `env.py`.

    ## Fix

    Unsafe: `pool_pre_ping=True` is added, which costs a round trip whenever a connection is taken. None for a pool that
    keeps nothing.
    """

    summary = "a connection pool that hands out dead connections, or is refused"
    severity = "warning"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy or is_test(path) or basename(path) == "env.py":
            return
        for engine in project.engines.of(path):
            given = [k for k in engine.call.keywords if k.name in QUEUED]
            if given and engine.call.is_exact:
                place = project.engines.place(engine, given[0].at)
                pool = project.engines.pool(engine)
                if pool in ("NullPool", "StaticPool"):
                    yield self.refused(place, pool, given)
                elif self.forgets(project, engine):
                    yield self.stale(place)

    def refused(self, place: Place, pool: str, given: list[s.Keyword]) -> Finding:
        names = ",".join(f"'{k.name}'" for k in given)
        return self.finding(
            place,
            f"a {pool} takes no {' and no '.join(f'`{k.name}`' for k in given)}",
            severity="error",
            runtime=f"Invalid argument(s) {names} sent to create_engine(), using configuration",
            help=f"leave it out, or leave the {pool} out",
        )

    def forgets(self, project: Project, engine: Engine) -> bool:
        if any(k.name in CARES for k in engine.call.keywords):
            return False
        vendors = {target.vendor for target in project.engines.urls(engine)}
        if not vendors or "sqlite" in vendors:
            return False
        return not any(engine.unit.mentions(event) for event in ("engine_connect", "checkout", "handle_error"))

    def stale(self, place: Place) -> Finding:
        start = Place(place.path, Range(place.range.line, place.range.column, place.range.line, place.range.column))
        return self.finding(
            place,
            "the pool is given a size, but nothing looks whether its connections are still alive",
            runtime="terminating connection due to administrator command",
            help="add `pool_pre_ping=True`",
            fix=Fix(False, (Edit(start, "pool_pre_ping=True, "),), "look before a connection is used"),
        )
