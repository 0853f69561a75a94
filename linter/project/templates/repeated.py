"""Relations that a template reads in a loop over a query's rows, where every read is a query of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.project.contexts import Render, class_views, render_calls
from linter.project.flow.scopes import Activation, Written
from linter.project.imports.modules import is_test
from linter.project.lazy import Repeated, is_routine, merged, remedy
from linter.project.lazy.contexts import ContextTracer
from linter.project.lazy.origins import Rows
from linter.project.models import Model
from linter.project.templates.loops import Loop, Loops
from linter.project.trace import cached_property, memo
from linter.project.types import Instance
from linter.project.units import ClassSymbol, Unit

if TYPE_CHECKING:
    from linter.project import Project

MOST_LEVELS = 3  # of functions that render for others
_STEPS = frozenset({"all", "object_list", "items", "iterator"})  # what gives the same rows


class Finder:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.loops = Loops(project.templates)

    def in_file(self, path: str) -> Iterator[Repeated]:
        """The queries in one file whose rows a template loops over."""
        if not is_test(path) and not is_routine(path) and self._may_hold(path):
            found = [
                each for render in self._renders.get(path, ()) for each in self._of(render) if each.query.path == path
            ]
            yield from merged(found)

    def _may_hold(self, path: str) -> bool:
        """Whether a file renders, or imports what does. Asked first, since the renders come from very many bodies: a file
        that has nothing to do with them shall not be judged again whenever one of these changes."""
        unit = self.project.unit(path)
        return unit is not None and (self._renders_itself(unit) or not self._rendering.isdisjoint(unit.names))

    def _renders_itself(self, unit: Unit) -> bool:
        """Most that calls something `render()` renders no template."""
        if any(gate in unit.module.uses for gate in class_views.GATES) or unit.mentions("renderer"):
            return True
        return bool(self.project.contexts.by_calls(unit))

    @cached_property
    def _rendering(self) -> frozenset[str]:
        """The functions that render, and the modules that they stand in, by the names that an import gives them."""
        found: set[str] = set()
        for unit in self.project.units():
            if any(gate in unit.module.uses for gate in render_calls.GATES):
                bodies = set(unit.bodies_with(render_calls.LAST_NAMES))
                names = [f.node.name for f in self.project.functions(unit) if f.node.body in bodies]
                found.update(names, [unit.name.rpartition(".")[2]] if names else ())
        return frozenset(found)

    @cached_property
    def _renders(self) -> dict[str, list[Render]]:
        """The renders by the files that may hold their queries."""
        found: dict[str, list[Render]] = {}
        for render in self.project.contexts.renders:
            if render.names and not is_test(render.path):
                for path in dict.fromkeys(self._sources(render)):
                    found.setdefault(path, []).append(render)
        return found

    def _sources(self, render: Render) -> Iterator[str]:
        if render.written is not None:
            yield from _files(render.written[1].activation, 0)
        elif isinstance(render.view, ClassSymbol):
            for base in self.project.names.mro(render.view)[0]:
                if isinstance(base, ClassSymbol) and not base.unit.is_library:
                    yield base.unit.path

    @memo
    def _of(self, render: Render) -> tuple[Repeated, ...]:
        found: list[Repeated] = []
        for name in render.names:
            for path in self.project.templates.names.find(name, render.path):
                for loop in self.loops.of(path).loops:
                    if any(read.path[0] in self.project.lazy.may_tell for read in loop.reads):
                        found.extend(self._in_loop(render, loop))
        return tuple(found)

    def _in_loop(self, render: Render, loop: Loop) -> Iterator[Repeated]:
        rows = self._rows(render, loop)
        for read in loop.reads if rows else ():
            for each, need in self.project.lazy.needs.missing(rows, read.path, ("()",)):
                if not need.is_many and not isinstance(each.of, Model):
                    continue  # a session may hold the one row already
                text = ".".join((loop.variable, *need.path[: need.depth + 1]))
                place = self.project.place(read.template, self.project.templates.span(read.template, read.at))
                query = self.project.place(each.query.scope.unit.path, each.query.scope.span(each.query.at))
                yield Repeated(
                    query, each.of.name, (text,), place, (remedy(each, need),), each.query.scope.activation.symbol
                )

    def _rows(self, render: Render, loop: Loop) -> list[Rows]:
        name, *steps = loop.rows
        if any(step not in _STEPS for step in steps):
            return []
        tracer = ContextTracer(self.project.flow)
        if render.written is not None:
            return tracer.named(*render.written, name)
        return tracer.of_context(Instance(render.view), name) if isinstance(render.view, ClassSymbol) else []


def _files(activation: Activation, level: int) -> Iterator[str]:
    """The file of a function, and those that its arguments are written in."""
    yield activation.unit.path
    for value in activation.arguments.values() if level < MOST_LEVELS else ():
        if isinstance(value, Written):
            yield from _files(value.scope.activation, level + 1)
