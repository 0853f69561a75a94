"""Which findings the `ormlint:` comments of a file take away, and what is wrong with the comments themselves."""

from __future__ import annotations

from collections.abc import Iterator

from linter import registry
from linter.check import Rule
from linter.comments import MARKER, Comment, Comments, Name
from linter.facts.files import Kind
from linter.finding import Edit, Finding, Fix, Place
from linter.source import Source
from linter.span import Span

__all__ = ["MARKER", "apply"]

_HOW = "write `ormlint: ignore[check-name] reason`, or `ormlint: ignore-file[check-name] reason`"


class InvalidSuppression(Rule):
    """A comment that begins with `ormlint:` and cannot be understood, or that names no check.

    A bare `ignore` is refused: it would go on hiding mistakes that nobody has seen yet.

    ## Bad
    ```python
    total = 1  # ormlint: ignore
    ```

    ## Good
    ```python
    total = 1
    ```

    ## Silent when
    The words stand in a string: only real comments count.
    """

    summary = "an `ormlint:` comment that cannot be understood, or that names no check"
    severity = "warning"


class UnknownSuppression(Rule):
    """A suppression of a check that does not exist, most likely a misspelt name: it suppresses nothing.

    ## Bad
    ```python
    total = 1  # ormlint: ignore[no-such-check] because of the importer
    ```

    ## Good
    ```python
    total = 1
    ```

    ## Silent when
    The name is an older one of a check that was renamed.
    """

    summary = "a suppression of a check that does not exist"
    severity = "warning"


class UnusedSuppression(Rule):
    """A suppression of a check that reports nothing there. The mistake was mended, or the comment stands in the wrong place.

    ## Bad
    ```python
    total = 1  # ormlint: ignore[unknown-template-field] the importer sets it
    ```

    ## Good
    ```python
    total = 1
    ```

    ## Silent when
    The check is switched off, or did not run this time: then nobody knows.

    ## Fix
    Safe: the comment is removed, or the name from its list.
    """

    summary = "a suppression of a check that reports nothing there"
    severity = "warning"
    fixable = True


def apply(
    source: Source,
    kind: Kind,
    findings: list[Finding],
    ran: frozenset[str],
    delimiters: tuple[str, str] = ("{#", "#}"),
) -> list[Finding]:
    """What is left of one file's findings, with those about its suppressions. `ran` are the rules that were selected;
    `delimiters` are those of comments in the project's templates."""
    if MARKER not in source.data:
        return findings
    comments = Comments(source, kind, delimiters)
    every = list(comments)
    used: set[Name] = set()
    left = []
    for finding in findings:
        extent = comments.extent(finding.place.range)
        names = [
            name
            for comment in every
            if comment.verb == "ignore-file" or (comment.verb == "ignore" and extent.is_meant_by(comment))
            for name in comment.names or ()
            if _rule(name.text) == finding.rule
        ]
        used.update(names)
        if not names:
            left.append(finding)
    judge = _Judge(source, ran, used)
    return left + [finding for comment in every for finding in judge.findings(comment) if finding.rule in ran]


def _rule(word: str) -> str:
    """The check that a name means, "" where there is none."""
    try:
        return registry.resolve(word)
    except registry.UnknownRule:
        return ""


class _Judge:
    """Says what is wrong with the comments of one file."""

    def __init__(self, source: Source, ran: frozenset[str], used: set[Name]) -> None:
        self.source = source
        self.ran = ran
        self.used = used

    def findings(self, comment: Comment) -> Iterator[Finding]:
        if comment.verb == "type":  # what a template says of its variables: see `project.templates.declared`
            return
        if comment.verb not in ("ignore", "ignore-file"):
            yield self.finding("invalid-suppression", comment.span, f"`{comment.verb}` is nothing that ormlint can do")
        elif not comment.names:
            yield self.finding("invalid-suppression", comment.span, "a suppression that names no check")
        else:
            for name in comment.names:
                yield from self.name(comment, name)

    def name(self, comment: Comment, name: Name) -> Iterator[Finding]:
        rule = _rule(name.text)
        if name.text in registry.groups():
            message = f"`{name.text}` is a group: a suppression names the check itself"
            yield self.finding("unknown-suppression", name.span, message)
        elif not rule:
            near = registry.did_you_mean(name.text, registry.entries())
            yield self.finding("unknown-suppression", name.span, f"there is no check `{name.text}`{near}")
        elif rule in self.ran and name not in self.used:
            fix = Fix(True, (self.removal(comment, name),), "remove the suppression")
            yield self.finding("unused-suppression", name.span, f"`{name.text}` is not reported here", fix)

    def finding(self, rule: str, span: Span, message: str, fix: Fix | None = None) -> Finding:
        place = Place(self.source.path, self.source.lines.range(span))
        group = registry.entries()[rule].group
        help = fix.title if fix else _HOW
        return Finding(rule, group, registry.load(rule).severity, place, message, help=help, fix=fix)

    def removal(self, comment: Comment, name: Name) -> Edit:
        """Take a name off its list, or the whole comment away with the white space or the line it stood on."""
        data, lines = self.source.data, self.source.lines
        others = [other for other in comment.names or () if other != name]
        if others:
            names = comment.names or ()
            text = ", ".join(other.text for other in others)
            return Edit(Place(self.source.path, lines.range(Span(names[0].span.start, names[-1].span.end))), text)
        start, end = comment.span
        if comment.above:
            start = lines.offset(comment.line, 0)
            end = lines.offset(lines.position(end)[0] + 1, 0)
        else:
            start = len(data[:start].rstrip(b" \t"))
        return Edit(Place(self.source.path, lines.range(Span(start, end))), "")
