from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.sessions.asynchronous import Unawaited
from linter.span import Span


class UnawaitedSessionCall(Check):
    """A method of an `AsyncSession` is called without `await`, so it does nothing.

    What such a method gives is a coroutine, which runs when it is awaited. Where that is dropped, nothing is written to the
    database, and nobody hears of it but who reads the warnings:

    ```text
    RuntimeWarning: coroutine 'AsyncSession.commit' was never awaited
    ```

    Where it is taken for the result, the request fails:

    ```text
    AttributeError: 'coroutine' object has no attribute 'scalars'
    ```

    ## Bad

    ```python
    # file: app/users.py
    from sqlalchemy.ext.asyncio import AsyncSession


    async def rename(session: AsyncSession, user, name):
        user.name = name
        session.commit()
    ```

    ## Good

    ```python
    # file: app/users.py
    from sqlalchemy.ext.asyncio import AsyncSession


    async def rename(session: AsyncSession, user, name):
        user.name = name
        await session.commit()
    ```

    ## Silent when

    - the coroutine is passed on, returned, or may be awaited later;
    - the session's class is not known, or has such a method of its own;
    - the function is not `async`.

    ## Fix

    `await` is written before the call.
    """

    summary = "a method of an `AsyncSession` called without `await`"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for unawaited in project.async_sessions.unawaited(path):
                yield self.report(project, path, unawaited)

    def report(self, project: Project, path: str, unawaited: Unawaited) -> Finding:
        span = unawaited.scope.unit.span(unawaited.call.at, unawaited.scope.function)
        start, end = Span(span.start, span.start), Span(span.end, span.end)
        brackets = bool(unawaited.use) and unawaited.is_used_at_once
        edits = [Edit(project.place(path, start), "(await " if brackets else "await ")]
        if brackets:
            edits.append(Edit(project.place(path, end), ")"))
        return self.finding(
            project.place(path, span),
            f"`{unawaited.method}()` of an AsyncSession is not awaited",
            runtime=_runtime(unawaited),
            help="write `await` before it",
            fix=Fix(True, tuple(edits), "await it"),
        )


def _runtime(unawaited: Unawaited) -> str:
    if unawaited.use == "for":
        return "'coroutine' object is not iterable"
    if unawaited.use:
        return f"'coroutine' object has no attribute '{unawaited.use}'"
    return f"coroutine 'AsyncSession.{unawaited.method}' was never awaited"
