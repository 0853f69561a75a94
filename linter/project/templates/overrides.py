"""Blocks that a child template fills and that no template above it has: what stands in them is never shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from linter.extract.templates import bodies, literal_names
from linter.facts import template as t
from linter.project.templates.absent import COMMENTS
from linter.project.templates.evaluation import outermost_blocks
from linter.project.templates.text import blanked, bytes_of
from linter.project.trace import memo
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

MOST_LEVELS = 12
# What packages that send mail ask a template for, block by block.
_OF_MAILS = frozenset({"subject", "body", "html", "plain", "text", "html_body", "text_body", "plain_body"})


class Override(msgspec.Struct, frozen=True):
    """`known`: the blocks that the templates above have; `parents`: those that the template may extend; `others`: more
    templates below the same ones that fill the block."""

    name: str
    span: Span
    known: frozenset[str]
    parents: tuple[str, ...]
    others: tuple[tuple[str, Span], ...] = ()


class Finder:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.templates = project.templates

    def told_in(self, path: str) -> Iterator[Override]:
        """A base that lost a block has every child fill it in vain: that is told once, in the first of them."""
        for found in self.in_template(path):
            others = [
                (below, other.span)
                for below in self._below(self._tops(path))
                if below != path
                for other in self.in_template(below)
                if other.name == found.name
            ]
            if all(path < below for below, _ in others):
                yield replace(found, others=tuple(others))

    @memo
    def _tops(self, path: str) -> frozenset[str]:
        """The templates above that extend no other."""
        found: set[str] = set()
        waiting, seen = [path], {path}
        while waiting:
            parents = self.templates.graph.parents(current := waiting.pop())
            found.update(() if parents else (current,))
            waiting.extend(parent for parent in parents if parent not in seen)
            seen.update(parents)
        return frozenset(found)

    @memo
    def _below(self, tops: frozenset[str]) -> tuple[str, ...]:
        """The templates that extend the same ones, however far below."""
        return tuple(path for path in self.templates.paths if path not in tops and self._tops(path) == tops)

    @memo
    def in_template(self, path: str) -> tuple[Override, ...]:
        is_child = any(link.kind == "extends" for link in self.templates.header(path).links)
        if not is_child or not self.templates.names.of(path):  # a loader that is not known may know other parents
            return ()
        known = self._above(path, 0)
        if known is None:
            return ()
        lost = [
            block
            for block in outermost_blocks(self.templates.template(path).nodes)
            if block.name not in known and known.isdisjoint(_names(block.body))
        ]
        found = [(block.name, span) for block in lost if (span := self._span(path, block.name)) is not None]
        parents = self.templates.graph.parents(path)
        return tuple(Override(n, span, known, parents) for n, span in found if not self._is_asked_for(path, n))

    def _above(self, path: str, level: int) -> frozenset[str] | None:
        """The blocks of all that a template may extend, however far above; None where some of it was not read."""
        template = self.templates.template(path)
        links = self.templates.header(path).links
        if template.is_broken or level > MOST_LEVELS or any(map(_extends_otherwise, links)):
            return None
        found: set[str] = set()
        if any(link.kind == "extends" for link in links) and not any(isinstance(n, t.Extends) for n in template.nodes):
            return None  # under a condition
        for node in template.nodes:
            if isinstance(node, t.Extends):
                for name in literal_names(node.template):
                    parents = [parent for parent in self.templates.names.find(name, path) if parent != path]
                    if not parents:
                        return None
                    for parent in parents:
                        above = self._blocks(parent, level + 1)
                        if above is None:
                            return None
                        found |= above
        return frozenset(found)

    @memo
    def _blocks(self, path: str, level: int) -> frozenset[str] | None:
        above = self._above(path, level)
        return None if above is None else above | frozenset(_names(self.templates.template(path).nodes))

    def _span(self, path: str, name: str) -> Span | None:
        """Where a block is named that has something in it."""
        text = blanked(self.project.source(path).text, COMMENTS)
        tag = re.compile(rf"\{{%[-+]?\s*block\s+({re.escape(name)})(?=\s|[-+]?%)[^%]*%\}}(\s*\{{%[-+]?\s*endblock\b)?")
        match = tag.search(text)
        return bytes_of(text, *match.span(1)) if match is not None and match[2] is None else None

    def _is_asked_for(self, path: str, name: str) -> bool:
        """Whether code renders a block by its name, or Jinja's `self.name()` does."""
        if name in _OF_MAILS and "mail" in path:
            return True
        if f"self.{name}" in self.project.source(path).text:
            return True
        return any(unit.mentions("block") and unit.says(name) for unit in self.project.units())


def _extends_otherwise(link: t.Link) -> bool:
    """`{% overextends … %}` and the like, of some library."""
    return link.kind == "tag" and "extends" in link.name


def _names(nodes: Iterable[t.Node]) -> Iterator[str]:
    """Every block, in any depth."""
    for node in nodes:
        if isinstance(node, t.Block):
            yield node.name
        for block in bodies(node):
            yield from _names(block)
