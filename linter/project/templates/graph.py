"""How templates hang together: which shows which, in what order they are read, what a parent binds around its blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.extract.templates import bodies
from linter.facts import template as t
from linter.project.circles import Circles
from linter.project.trace import cached_property, memo

if TYPE_CHECKING:
    from linter.project.templates import Templates


class Edge(msgspec.Struct, frozen=True):
    """A template that another one shows: `name` is how it is called there."""

    kind: str
    name: str
    path: str


class Graph:
    def __init__(self, templates: Templates) -> None:
        self.templates = templates

    @cached_property
    def _shown(self) -> dict[str, tuple[Edge, ...]]:
        """The templates that each one shows."""
        return {path: tuple(self._edges(path)) for path in self.templates.paths}

    def _edges(self, path: str) -> Iterator[Edge]:
        for link in self.templates.header(path).links:
            if link.kind == "macro":
                yield Edge(link.kind, link.name, path)
                continue
            names = self._rendered_by_tags.get(link.name, ()) if link.kind == "tag" else (link.name,)
            for name in names:
                for target in self.templates.names.find(name, path):
                    if target != path or link.kind != "extends":
                        yield Edge(link.kind, link.name, target)

    @cached_property
    def _rendered_by_tags(self) -> dict[str, tuple[str, ...]]:
        """The templates of inclusion tags, by the tag's name."""
        found: dict[str, list[str]] = {}
        units = {u.path: u for units in self.templates.libraries.by_name.values() for u in units}
        units.update((unit.path, unit) for unit in self.templates.libraries.builtins)
        for path in units:
            for tag in self.templates.libraries.registered(path).values():
                if tag.template:
                    found.setdefault(tag.name, []).append(tag.template)
        return {name: tuple(names) for name, names in found.items()}

    @cached_property
    def _showing(self) -> dict[str, tuple[str, ...]]:
        """The templates that show each one."""
        found: dict[str, dict[str, None]] = {}
        for path, edges in self._shown.items():
            for edge in edges:
                found.setdefault(edge.path, {})[path] = None
        return {path: tuple(sources) for path, sources in found.items()}

    @cached_property
    def inclusions(self) -> frozenset[str]:
        """The templates that some template shows by an inclusion tag."""
        return frozenset(edge.path for edges in self._shown.values() for edge in edges if edge.kind == "tag")

    def showing(self, path: str) -> tuple[str, ...]:
        """The templates that show one: by `include`, `extends`, `import` or a tag."""
        return self._showing.get(path, ())

    def circle(self, path: str) -> tuple[str, ...]:
        """The templates that show each other in a circle with one, itself included."""
        return self._circles.of(path)

    @cached_property
    def _circles(self) -> Circles:
        return Circles(self.showing)

    def parents(self, path: str) -> tuple[str, ...]:
        return tuple(edge.path for edge in self._shown[path] if edge.kind == "extends")

    @memo
    def bound_above(self, path: str) -> frozenset[str]:
        """Names that the templates above bind where the blocks of this one are shown."""
        found: set[str] = set()
        waiting, seen = list(self.parents(path)), {path}
        while waiting:
            parent = waiting.pop()
            if parent not in seen:
                seen.add(parent)
                found.update(self._binds(parent))
                waiting.extend(self.parents(parent))
        return frozenset(found)

    @memo
    def _binds(self, path: str) -> frozenset[str]:
        return frozenset(_bound(self.templates.template(path).nodes))


def _bound(nodes: Iterable[t.Node]) -> Iterator[str]:
    """Names that a template binds around its blocks, or for the rest of the text that a block may stand in."""
    for node in nodes:
        if isinstance(node, (t.For, t.With)) and not _holds_block(node):
            continue
        if isinstance(node, t.For):
            yield from targets(node.target)
            yield "forloop"
        elif isinstance(node, t.With):
            yield from (binding.name for binding in node.bindings)
        elif isinstance(node, t.Set):
            yield from targets(node.target)
        elif isinstance(node, t.Tag):
            yield from node.binds
        elif isinstance(node, t.Import):
            yield from [node.target] if node.target else [local for _, local in node.names]
        for block in bodies(node):
            yield from _bound(block)


def _holds_block(node: t.Node) -> bool:
    return any(isinstance(inner, t.Block) or _holds_block(inner) for block in bodies(node) for inner in block)


def targets(target: t.Expr) -> Iterator[str]:
    if isinstance(target, t.Name):
        yield target.id
    elif isinstance(target, t.Seq):
        for item in target.items:
            yield from targets(item)
