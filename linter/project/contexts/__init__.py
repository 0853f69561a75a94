"""Which code renders which template, and with what.

project.contexts.renders_of("app/page.html") -> the renders of a template, by the name that code gives it
project.contexts.globals()                   -> what every template is given: `request`, `user`, context processors
project.contexts.unknown_renders             -> how many renders name a template that could not be said
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, Union

import msgspec

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.trace import cached_property, memo
from linter.project.types import Constant, DictType, Sequence, TupleType, Type, members, union
from linter.project.units import ClassSymbol, FunctionSymbol, Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.flow.scopes import Scope

Engine = Literal["django", "jinja"]


class Where(msgspec.Struct, frozen=True):
    """A place in code: record `at` of a unit, or of the body of one of its functions."""

    unit: Unit
    at: int
    function: s.FunctionDef | None = None


class Render:
    """One rendering of a template. `view` is the function, or the class of a class-based view, that does it; `names` are
    the names that the template may have (`select_template` has several)."""

    def __init__(
        self,
        project: Project,
        names: tuple[str, ...],
        where: Where,
        view: Union[FunctionSymbol, ClassSymbol, None],
        engine: Engine,
        work_out: Callable[[], Type],
        written: tuple[s.Expr, Scope] | None = None,
    ) -> None:
        self._project = project
        self._where = where
        self._work_out = work_out
        self.names = names
        self.view = view
        self.engine = engine
        self.written = written  # the context as an expression, where there is one

    def __repr__(self) -> str:
        return f"<Render {'|'.join(self.names)} in {self.view.dotted if self.view else self.path}>"

    @property
    def path(self) -> str:
        return self._where.unit.path

    @property
    def span(self) -> Span:
        return self._where.unit.span(self._where.at, self._where.function)

    @property
    def place(self) -> Place:
        return self._project.place(self.path, self.span)

    @cached_property
    def context(self) -> DictType:
        """What the template is given, without what every template is given (`Contexts.globals`)."""
        return as_context(self._work_out())


class Contexts:
    def __init__(self, project: Project) -> None:
        self.project = project

    def renders_of(self, name: str) -> list[Render]:
        """The renders of a template, by its name as code writes it."""
        return self._by_name.get(name, [])

    @property
    def unknown_renders(self) -> int:
        """How many renders name a template that could not be said."""
        return sum(not render.names for render in self.renders)

    @cached_property
    def renders(self) -> list[Render]:
        """Every render of the project, those with no known name too."""
        return list(self._find())

    @memo
    def by_calls(self, unit: Unit) -> tuple[Render, ...]:
        """The renders that calls of one module make."""
        from linter.project.contexts import render_calls

        return tuple(render_calls.renders(self.project, unit))

    @cached_property
    def _by_name(self) -> dict[str, list[Render]]:
        found: dict[str, list[Render]] = {}
        for render in self.renders:
            for name in dict.fromkeys(render.names):
                found.setdefault(name, []).append(render)
        return found

    def _find(self) -> Iterator[Render]:
        from linter.project.contexts import class_views, pyramid

        for unit in self.project.units():
            yield from self.by_calls(unit)
        yield from class_views.renders(self.project)
        yield from pyramid.renders(self.project)

    @cached_property
    def _globals(self) -> DictType:
        from linter.project.contexts.processors import global_context

        return global_context(self.project)

    def globals(self) -> DictType:
        """What every template of a request is given."""
        return self._globals


def as_context(kind: Type) -> DictType:
    """A context argument as a dict: None is an empty one, one that is not known may hold anything."""
    merged = union(*(m if isinstance(m, DictType) else OPEN for m in members(kind) if m != Constant(None)))
    return merged if isinstance(merged, DictType) else DictType()


OPEN = DictType(is_open=True)


def template_names(kind: Type) -> tuple[str, ...]:
    """The template names that a value may be; () where one of them cannot be said. Of a list to select from, those that can:
    what it ends with is there for all cases."""
    found: list[str] = []
    for member in members(kind):
        if isinstance(member, Constant) and isinstance(member.value, str):
            found.append(member.value)
        elif isinstance(member, (Sequence, TupleType)):
            parts = members(member.element) if isinstance(member, Sequence) else member.items
            names = [name for part in parts for name in template_names(part)]
            if not names:
                return ()
            found.extend(names)
        elif member != Constant(None):
            return ()
    return tuple(dict.fromkeys(found))
