from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.facts import syntax as s
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.span import Span

if TYPE_CHECKING:
    from linter.project.defaults import Called, Default


class CalledDefault(Check):
    """A default that calls a clock or a generator when the class is defined: every row gets the same value.

    `default=datetime.utcnow()` is worked out once, when the module is imported, and stays what it was then: all rows are as
    old as the process. With `default=uuid.uuid4()` all rows get the same id, and the second one fails where it must be
    unique:

    ```text
    sqlalchemy.exc.IntegrityError: (sqlite3.IntegrityError) UNIQUE constraint failed: users.id
    ```

    The same holds for the fields of Django's models (where `makemigrations` also finds a change in every run), and for the
    parameters of functions: `def report(day=timezone.now())` reports on the day on which the server was started. Without the
    parentheses the function itself is the default, and is called for each row.

    ## Bad

    ```python
    # file: app/models.py
    import uuid
    from datetime import datetime

    from sqlalchemy import Column, DateTime, Uuid
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Uuid, primary_key=True, default=uuid.uuid4())
        created = Column(DateTime, default=datetime.now)
    ```

    ## Good

    ```python
    # file: app/models.py
    import uuid
    from datetime import datetime

    from sqlalchemy import Column, DateTime, Uuid
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Uuid, primary_key=True, default=uuid.uuid4)
        created = Column(DateTime, default=datetime.now)
    ```

    ## Silent when

    - what is called is SQL: `default=func.now()`, `db_default=Now()`;
    - it stands inside a lambda, or it is handed on to be called later: `partial(get_random_string, 12)`;
    - a command has it as the default of a parameter: now is when the command was started;
    - nothing is known of the function that is called, or it does not always give a time, an id or something random.

    ## Fix

    The parentheses are dropped where they are empty. Safe. Anything else needs a function of its own, which is left to you.
    """

    summary = "a default that is called once, when the class or function is defined"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        defaults = project.defaults
        for default in defaults.of_rows(path):
            called = defaults.volatile(default.scope, default.expr)
            if called is not None:
                yield self.report(project, path, default, called)
        for default in defaults.of_attributes(path):
            called = defaults.volatile(default.scope, default.expr)
            if called is not None:
                yield self.report(project, path, default, called)
        for default in defaults.of_parameters(path):
            called = defaults.volatile(default.scope, default.expr)
            if called is not None and called.is_clock:
                yield self.report(project, path, default, called)

    def report(self, project: Project, path: str, default: Default, called: Called) -> Finding:
        span = default.span(called.call.at)
        fix = None
        func = getattr(called.call.func, "at", s.NOWHERE)
        if called.is_whole and default.takes_function and func != s.NOWHERE:
            empty = project.place(path, Span(default.span(func).end, span.end))
            fix = Fix(True, (Edit(empty, ""),), "drop the parentheses")
        if default.kind == "parameter":
            message = f"`{called.name}()` is called once, when `{default.owner}` is defined"
            advice = f"let the default be None, and call `{called.name}()` in the function"
        elif default.kind == "attribute":
            message = (
                f"`{called.name}()` is called once, when `{default.owner}` is defined, and gives the same ever after"
            )
            advice = "drop the parentheses" if fix is not None else "give it a function: `default_factory`, or a lambda"
        else:
            message = f"`{called.name}()` is called once, so that all rows of `{default.owner}` get the same value"
            advice = "drop the parentheses" if fix is not None else "give it a function, such as a lambda"
        return self.finding(project.place(path, span), message, help=advice, fix=fix)
