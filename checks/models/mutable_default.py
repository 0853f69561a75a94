from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.facts import syntax as s
from linter.finding import Edit, Finding, Fix
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.defaults import Default


class MutableDefault(Check):
    """A dict, list or set as the default of a column or field: all rows share that one object.

    The object is made once, when the class is defined, and every row that is not given a value of its own gets it. Whoever
    changes it in one row, with `user.settings["theme"] = "dark"`, changes it for those that come after:

    ```text
    >>> first.settings is second.settings
    True
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import JSON, Column, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        settings = Column(JSON, default={})


    def use_theme(user, theme):
        user.settings["theme"] = theme
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import JSON, Column, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        settings = Column(JSON, default=dict)


    def use_theme(user, theme):
        user.settings["theme"] = theme
    ```

    ## Silent when

    - no code of the project changes in place what some attribute of that name holds, and it is a column of SQLAlchemy's: its
      rows get objects of their own when they are read again; a field of Django's is shared from the start;
    - the default is a function, a lambda, or a constant of another kind; `server_default` is text in any case;
    - SQLAlchemy makes a copy for each row, as it does for `MutableDict.as_mutable(JSON)`, or may do so;
    - the field of a Django model is not one of Django's own: it may well make an object of its own for each row;
    - it is that of a SQLModel field: pydantic copies it for each object.

    ## Fix

    `{}` becomes `dict`, `[]` becomes `list`. Safe. What is not empty needs a function of its own.
    """

    summary = "a dict, list or set as default, which all rows share"
    severity = "warning"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for default in project.defaults.of_rows(path):
            if default.takes_function and default.is_copied is False:
                kind, is_empty = _mutable(project, default)
                name = default.owner.rpartition(".")[2]
                if kind and (default.kind == "field" or project.changes.in_place(name)):
                    yield self.report(project, path, default, kind, is_empty)

    def report(self, project: Project, path: str, default: Default, kind: str, is_empty: bool) -> Finding:
        at = getattr(default.expr, "at", s.NOWHERE)
        place = project.place(path, default.span(at))
        fix = Fix(True, (Edit(place, kind),), f"write `{kind}`") if is_empty else None
        return self.finding(
            place,
            f"all rows share the {kind} that is the default of `{default.owner}`",
            help=f"write `{default.option}={kind}`" if is_empty else "give it a function, such as a lambda",
            fix=fix,
        )


def _mutable(project: Project, default: Default) -> tuple[str, bool]:
    """Which kind of mutable thing a default is, and whether it is empty."""
    expr = default.expr
    if isinstance(expr, s.Dict):
        return "dict", not expr.items
    if isinstance(expr, s.Seq) and expr.kind != "tuple":
        return expr.kind, not expr.items and expr.kind == "list"
    if isinstance(expr, s.Call) and isinstance(expr.func, s.Name) and expr.func.id in ("dict", "list", "set"):
        if project.names.resolve(default.unit, expr.func, default.scope.owner) is None:
            return expr.func.id, not expr.args and not expr.keywords
    return "", False
