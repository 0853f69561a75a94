from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding
from linter.project import Project
from linter.project.sessions.flush_events import RAISES, FlushCall


class CommitInFlushEvent(Check):
    """A listener of `after_insert` and its like commits, rolls back or flushes the session that is calling it.

    Such listeners run in the middle of a flush, whose transaction is not theirs to end:

    ```text
    sqlalchemy.exc.ResourceClosedError: This transaction is closed
    ```

    ```text
    sqlalchemy.exc.InvalidRequestError: Session is already flushing
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer, String, event
    from sqlalchemy.orm import declarative_base, object_session

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)


    class Log(Base):
        __tablename__ = "logs"

        id = Column(Integer, primary_key=True)
        text = Column(String(80))


    @event.listens_for(User, "after_insert")
    def log(mapper, connection, target):
        session = object_session(target)
        session.add(Log(text=f"user {target.id}"))
        session.commit()
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer, String, event
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)


    class Log(Base):
        __tablename__ = "logs"

        id = Column(Integer, primary_key=True)
        text = Column(String(80))


    @event.listens_for(User, "after_insert")
    def log(mapper, connection, target):
        connection.execute(Log.__table__.insert().values(text=f"user {target.id}"))
    ```

    ## Silent when

    - the session is another one, or not known to be the same;
    - the event is one of the session (`after_flush`, `before_commit`).

    ## Fix

    None: whether to write on the connection or in another event depends on what is written.
    """

    summary = "a commit or flush of the session in a listener that its flush calls"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for found in project.flush_events.calls(path):
                yield self.report(project, path, found)

    def report(self, project: Project, path: str, found: FlushCall) -> Finding:
        return self.finding(
            project.place(path, found.scope.unit.span(found.call.at, found.scope.function)),
            f"`{found.method}()` of the session in a listener of `{found.event}`, which its flush calls",
            runtime=RAISES[found.method],
            help="write with the `connection` that is given, or listen to `before_flush` of the session",
        )
