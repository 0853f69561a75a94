"""Variables that a template shows and that nothing at all gives a value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import template as t
from linter.project.templates.evaluation import EVALUATING, paths_in, root_of
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

_ENGINE = frozenset({"block", "forloop", "csrf_token"})  # what Django's own tags bind, or the engine gives


class Nothing(msgspec.Struct, frozen=True):
    name: str
    span: Span


class Finder:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.templates = project.templates

    @memo
    def in_template(self, path: str) -> tuple[Nothing, ...]:
        if self.templates.is_jinja(path):  # what an application gives to all its templates is not said in one place
            return ()
        shown = self.templates.evaluation(path).nothing.values()
        found = [name for name in shown if name.id not in _ENGINE and not self._is_spoken_of(name.id)]
        if not found or self._has_unread_tags(path) or not self.templates.missing.all_renders_are_seen(path):
            return ()
        first = {name.id: name for name in sorted(found, key=lambda each: each.at, reverse=True)}
        return tuple(
            Nothing(name.id, self.templates.span(path, name.at))
            for name in first.values()
            if name.id not in self._optional and not self._may_be_given(path, name.id)
        )

    @memo
    def _is_spoken_of(self, name: str) -> bool:
        """Whether any code of the project holds the word: then some way that was not seen may give it."""
        return any(unit.mentions(name) for unit in self.project.units())

    def _may_be_given(self, path: str, name: str) -> bool:
        """Whether a library's class that renders the template, or one that shows it, speaks of the name."""
        for render in self.templates.missing.renders(path):
            if isinstance(render.view, ClassSymbol):
                for base in self.project.names.mro(render.view)[0]:
                    if not isinstance(base, ClassSymbol) or base.unit.mentions(name):
                        return True
        return False

    def _has_unread_tags(self, path: str) -> bool:
        """Whether a tag that was not read, here or above, may write into the context."""
        return any(
            link.kind == "tag" and link.name not in self._read_tags and not link.name.startswith("end")
            for shown in self.templates.missing.above(path)
            for link in self.templates.header(shown).links
        )

    @cached_property
    def _read_tags(self) -> frozenset[str]:
        libraries = self.templates.libraries
        units = {*libraries.builtins, *(unit for units in libraries.by_name.values() for unit in units)}
        own = (name for unit in units for is_filter, name in libraries.registered(unit.path) if not is_filter)
        return frozenset({*own, *EVALUATING})

    @cached_property
    def _optional(self) -> frozenset[str]:
        """Names that some template binds, or asks whether they are there: what is a parameter may be left out."""
        return frozenset(name for path in self.templates.paths for name in _names(self.templates.template(path).nodes))


def _names(node: object) -> Iterator[str]:
    if isinstance(node, tuple):
        for item in node:
            yield from _names(item)
    elif isinstance(node, msgspec.Struct):
        if isinstance(node, t.Keyword):
            yield node.name
        elif isinstance(node, (t.For, t.Set)):
            yield from _roots(node.target)
        elif isinstance(node, t.Tag):
            yield from node.binds
            yield from _roots((node.args, node.keywords))
        elif isinstance(node, t.If):
            yield from _roots(node.test)
        elif isinstance(node, t.Macro):
            yield from node.params
        for name in node.__struct_fields__:
            yield from _names(getattr(node, name))


def _roots(expr: object) -> Iterator[str]:
    for path in paths_in(expr):
        root = root_of(path)
        if isinstance(root, t.Name):
            yield root.id
