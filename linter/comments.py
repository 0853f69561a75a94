"""`ormlint:` comments in a file: where they stand, what they say, and which lines they speak of.

    # ormlint: ignore[name, other-name] reason        on a statement's first or last line, or on a line of its own above
    # ormlint: ignore-file[name] reason               anywhere in the file
    {# ormlint: ignore[name] reason #}                the same in a template

Only real comments count: the marker in a string is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from linter.facts.files import Kind
from linter.source import Source
from linter.span import Range, Span

if TYPE_CHECKING:
    from tree_sitter import Node

MARKER = b"ormlint:"

_SAID = re.compile(rb"ormlint:\s*(?P<verb>[\w-]*)\s*(?:\[(?P<names>[^\]\r\n]*)\])?")
_WORD = re.compile(rb"[^\s,]+")
# Inside these a template's comment is text.
_VERBATIM = re.compile(rb"\{%-?\s*(verbatim|raw|comment)\b.*?\{%-?\s*end\1\b", re.DOTALL)


class Name(NamedTuple):
    text: str
    span: Span


class Comment(NamedTuple):
    """One `ormlint:` comment: `span` is all of it, delimiters included; `names` is None where there are no brackets.

    `line` is its own line; `above` is the line below a comment that has its lines for itself, else 0.
    """

    span: Span
    verb: str
    names: tuple[Name, ...] | None
    line: int
    above: int


class Extent(NamedTuple):
    """The lines that a finding covers, and the first and the last line of its statement's head."""

    lines: range
    first: int
    last: int

    def is_meant_by(self, comment: Comment) -> bool:
        if comment.above:
            return comment.above in (self.first, self.lines.start)
        return comment.line in self.lines or comment.line in (self.first, self.last)


class Comments:
    """The comments of one file. `delimiters` are those of its template language."""

    def __init__(self, source: Source, kind: Kind, delimiters: tuple[str, str]) -> None:
        self.source = source
        self.data = source.data
        self.kind = kind
        self.delimiters = delimiters
        self._root: Node | None = None

    def __iter__(self) -> Iterator[Comment]:
        for span in self.spans():
            yield self.comment(span)

    def comment(self, span: Span) -> Comment:
        said = _SAID.search(self.data, span.start, span.end)
        assert said is not None
        names = None
        if said["names"] is not None:
            words = _WORD.finditer(self.data, *said.span("names"))
            names = tuple(Name(word.group().decode("utf-8", "replace"), Span(*word.span())) for word in words)
        lines = self.source.lines
        first, last = lines.position(span.start)[0], lines.position(span.end)[0]
        alone = not self.before(span) and not self.after(span)
        return Comment(span, said["verb"].decode("utf-8", "replace"), names, first, self.below(last) if alone else 0)

    def before(self, span: Span) -> bytes:
        """What else stands on the line in front of a span."""
        line = self.source.lines.position(span.start)[0]
        return self.data[self.source.lines.offset(line, 0) : span.start].strip()

    def after(self, span: Span) -> bytes:
        line = self.source.lines.position(span.end)[0]
        return self.data[span.end : self.source.lines.offset(line + 1, 0)].strip()

    def below(self, line: int) -> int:
        """The line that a comment ending on `line` stands above; more comments may follow it first."""
        line += 1
        if self.kind != "template":
            while line <= len(self.source.lines) and self.source.lines.text(line).lstrip().startswith("#"):
                line += 1
        return line

    # --- where the comments are ---

    def spans(self) -> Iterator[Span]:
        if self.kind == "template":
            yield from self.template_spans()
            return
        at = self.data.find(MARKER)
        while at >= 0:
            start = self.data.rfind(b"#", 0, at)
            if start >= 0 and not self.data[start + 1 : at].strip(b" \t"):
                end = self.python_end(start) if self.kind == "python" else self.line_end(start)
                if end:
                    yield Span(start, self.trimmed(at, end))
            at = self.data.find(MARKER, at + 1)

    def template_spans(self) -> Iterator[Span]:
        text = _VERBATIM.sub(lambda match: b" " * len(match.group()), self.data)
        opening, closing = (re.escape(d.encode()) for d in self.delimiters)
        for match in re.finditer(opening + rb"-?\s*ormlint:.*?" + closing, text, re.DOTALL):
            yield Span(*match.span())

    def python_end(self, start: int) -> int:
        """Where the comment that a `#` belongs to ends; 0 where the `#` stands in a string."""
        node = self.root.descendant_for_byte_range(start, start + 1)
        return node.end_byte if node is not None and node.type == "comment" else 0

    def line_end(self, start: int) -> int:
        """The same in requirements and configuration files, where `#` begins a comment after white space."""
        line = self.source.lines.position(start)[0]
        if self.data[start - 1 : start].strip():
            return 0
        return self.source.lines.offset(line + 1, 0)

    def trimmed(self, at: int, end: int) -> int:
        """The end of our part of a comment: another `#` begins somebody else's."""
        other = self.data.find(b" #", at, end)
        return len(self.data[: other if other >= 0 else end].rstrip())

    # --- what they can speak of ---

    @property
    def root(self) -> Node:
        if self._root is None:
            from tree_sitter import Parser

            from linter.extract.python import LANGUAGE

            self._root = Parser(LANGUAGE).parse(self.data).root_node
        return self._root

    def extent(self, at: Range) -> Extent:
        lines = range(at.line, at.end_line + 1)
        if self.kind != "python":
            return Extent(lines, at.line, at.end_line)
        span = self.source.lines.span(at)
        statement = _statement(self.root.descendant_for_byte_range(span.start, span.end) or self.root)
        first = self.source.lines.position(statement.start_byte)[0]
        last = self.source.lines.position(_head_end(statement))[0]
        return Extent(lines, first, last)


def _statement(node: Node) -> Node:
    """The statement around a node, decorators included."""
    while node.parent is not None and node.parent.type not in ("module", "block", "ERROR"):
        node = node.parent
    return node


def _head_end(statement: Node) -> int:
    """Where a statement ends; one with a block ends at its colon."""
    definition = statement.child_by_field_name("definition") or statement
    for child in definition.children:
        if child.type == ":":
            return child.end_byte
    return statement.end_byte
