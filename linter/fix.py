"""Repairs: the edits of findings, applied to a fixed point in memory, judged, and only then written.

A round takes one baseline, applies every fix that does not overlap one applied before, and has the project judged again
with the new texts laid over it. A fix whose result no longer parses, or that leaves its finding where it was, is refused:
what it touched stays as it was.
"""

from __future__ import annotations

import difflib
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from linter.extract import facts_of
from linter.facts.files import Kind, PythonFile, TemplateFile
from linter.finding import Finding
from linter.source import Source, decode
from linter.span import Lines, Span

ROUNDS = 10

Read = Callable[[str], Source]
Judge = Callable[[Mapping[str, bytes]], list[Finding]]
KindOf = Callable[[str], Kind | None]


class Refusal(NamedTuple):
    """A fix that was not made, and why in a few words."""

    finding: Finding
    reason: str


class Repair(msgspec.Struct):
    """What repairing comes to. `texts` are the new texts of changed files, `sources` what they were before, `findings` what
    is still found then."""

    findings: list[Finding]
    texts: dict[str, str] = msgspec.field(default_factory=dict)
    sources: dict[str, Source] = msgspec.field(default_factory=dict)
    applied: list[Finding] = msgspec.field(default_factory=list)
    refused: list[Refusal] = msgspec.field(default_factory=list)


class Change:
    """Replace bytes `span` of a file by `text`."""

    __slots__ = ("span", "text")

    def __init__(self, span: Span, text: bytes) -> None:
        self.span = span
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Change) and (self.span, self.text) == (other.span, other.text)

    def overlaps(self, other: Change) -> bool:
        """Two insertions at one point overlap too: which of them comes first is nobody's to decide."""
        if self.span == other.span:
            return True
        return self.span.start < other.span.end and other.span.start < self.span.end


def repair(findings: list[Finding], read: Read, judge: Judge, kind_of: KindOf, unsafe: bool) -> Repair:
    """Fix what can be fixed. `read` gives files as they are on disk, `judge` the findings with other bytes laid over them."""
    work = _Work(read, judge, kind_of, unsafe)
    done = Repair(findings)
    for _ in range(ROUNDS):
        if not work.round(done):
            break
    done.sources = {path: work.read(path) for path in done.texts}
    return done


class _Work:
    def __init__(self, read: Read, judge: Judge, kind_of: KindOf, unsafe: bool) -> None:
        self.read = cache(read)
        self.judge = judge
        self.kind_of = kind_of
        self.unsafe = unsafe

    def round(self, done: Repair) -> bool:
        """Apply what can be applied together; False when there was nothing left to do."""
        candidates = [f for f in done.findings if f.fix and (f.fix.safe or self.unsafe)]
        done.refused.clear()
        while candidates:
            batch = _Batch(self, done.texts)
            applied = [f for f in candidates if self.add(batch, f, done)]
            if not applied:
                return False
            texts = {**done.texts, **batch.texts()}
            findings = self.judge({path: self.source(path, texts).encode(text) for path, text in texts.items()})
            stubborn = [f for f in applied if batch.still_has(f, applied, done.findings, findings, texts)]
            if not stubborn:
                done.texts, done.findings = texts, findings
                done.applied += applied
                return True
            done.refused += [Refusal(f, "the finding would still be there") for f in stubborn]
            refused = {refusal.finding for refusal in done.refused}
            candidates = [f for f in candidates if f not in refused]
        return False

    def add(self, batch: _Batch, finding: Finding, done: Repair) -> bool:
        try:
            return batch.add(finding)
        except _Refused as reason:
            done.refused.append(Refusal(finding, str(reason)))
            return False

    def source(self, path: str, texts: Mapping[str, str]) -> Source:
        original = self.read(path)
        return Source(path, texts[path], original.encoding) if path in texts else original


class _Refused(Exception):
    pass


class _Batch:
    """The fixes of one round, against the one baseline `texts`."""

    def __init__(self, work: _Work, texts: Mapping[str, str]) -> None:
        self.work = work
        self.baseline = texts
        self.changes: dict[str, list[Change]] = {}

    def source(self, path: str) -> Source:
        return self.work.source(path, self.baseline)

    def add(self, finding: Finding) -> bool:
        """Take a fix in; False where it overlaps one that is in already: its turn comes in the next round."""
        assert finding.fix is not None
        wanted: dict[str, list[Change]] = {}
        for edit in finding.fix.edits:
            source = self.source(edit.place.path)
            span = source.lines.span(edit.place.range)
            change = Change(span, _newlines(source, edit.text).encode("utf-8"))
            if change in self.changes.get(edit.place.path, []):
                continue  # two fixes that add the same import
            if any(change.overlaps(other) for other in wanted.get(edit.place.path, [])):
                raise _Refused("its edits overlap each other")
            if any(change.overlaps(other) for other in self.changes.get(edit.place.path, [])):
                return False
            wanted.setdefault(edit.place.path, []).append(change)
        if not wanted:
            return False
        for path, changes in wanted.items():
            together = [*self.changes.get(path, []), *changes]
            self.check(path, _applied(self.source(path).data, together))
        for path, changes in wanted.items():
            self.changes.setdefault(path, []).extend(changes)
        return True

    def check(self, path: str, data: bytes) -> None:
        source = self.source(path)
        try:
            raw = source.encode(data.decode("utf-8"))
        except UnicodeEncodeError:
            raise _Refused(f"{path} is {source.encoding} and cannot hold it") from None
        kind = self.work.kind_of(path)
        if kind is not None and is_broken(path, kind, raw) and not is_broken(path, kind, source.encode(source.text)):
            raise _Refused(f"{path} would no longer parse")

    def texts(self) -> dict[str, str]:
        return {
            path: _applied(self.source(path).data, changes).decode("utf-8") for path, changes in self.changes.items()
        }

    def still_has(
        self,
        finding: Finding,
        applied: list[Finding],
        before: list[Finding],
        after: list[Finding],
        texts: Mapping[str, str],
    ) -> bool:
        """Whether its rule says as much as before of what the fix made of the finding's place."""
        lines, new_lines = self.source(finding.path).lines, self.work.source(finding.path, texts).lines
        old, new = _touched(lines.span(finding.place.range), self.changes.get(finding.path, []))
        expected = _count(before, finding, lines, old) - _count(applied, finding, lines, old)
        return _count(after, finding, new_lines, new) > expected


def is_broken(path: str, kind: Kind, raw: bytes) -> bool:
    """Whether the parser of a file's kind stumbles over it."""
    facts = facts_of(path, kind, raw)
    if isinstance(facts, PythonFile):
        from linter.extract.python import has_error

        return has_error(decode(path, raw).data)
    if isinstance(facts, TemplateFile):
        from linter.facts.template import Header

        return msgspec.msgpack.decode(facts.template, type=Header).is_broken
    return False


def _newlines(source: Source, text: str) -> str:
    """A fix's text with the line ends of the file it goes into."""
    return text.replace("\n", "\r\n") if "\r\n" in source.text and "\r\n" not in text else text


def _applied(data: bytes, changes: Iterable[Change]) -> bytes:
    parts, at = [], 0
    for change in sorted(changes, key=lambda c: c.span):
        parts += [data[at : change.span.start], change.text]
        at = change.span.end
    return b"".join([*parts, data[at:]])


def _touched(span: Span, changes: Iterable[Change]) -> tuple[Span, Span]:
    """A span with all changes that meet it, before and after them."""
    start, end, shift, growth = *span, 0, 0
    for change in sorted(changes, key=lambda c: c.span):
        grown = len(change.text) - (change.span.end - change.span.start)
        if change.span.end < start:
            shift += grown
        elif change.span.start <= end:
            start, end, growth = min(start, change.span.start), max(end, change.span.end), growth + grown
    return Span(start, end), Span(start + shift, end + shift + growth)


def _count(findings: Iterable[Finding], like: Finding, lines: Lines, where: Span) -> int:
    """How often a rule speaks of a span of a file."""
    same = (lines.span(f.place.range) for f in findings if f.rule == like.rule and f.path == like.path)
    return sum(1 for span in same if span.start <= where.end and where.start <= span.end)


# --- the outcome -----------------------------------------------------------------------------------------------------


def diff(done: Repair) -> str:
    """The changes as a patch against the project's root."""
    parts = []
    for path, text in sorted(done.texts.items()):
        lines = difflib.unified_diff(_lines(done.sources[path].text), _lines(text), f"a/{path}", f"b/{path}")
        parts += [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]
    return "".join(parts)


def _lines(text: str) -> list[str]:
    """Lines as patch counts them: a form feed or a lone carriage return ends none."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def write(root: Path, done: Repair, since: float) -> list[tuple[str, str]]:
    """Write the changed files, each old or new at any moment and never half; (path, reason) of those left as they were,
    as are those that somebody else wrote after the time `since`, when this run began to read them."""
    failed = []
    for path, text in sorted(done.texts.items()):
        before = done.sources[path]
        try:
            _replace(root / path, before.encode(before.text), before.encode(text), since)
        except OSError as error:
            failed.append((path, f"is left as it was: {error.strerror or error}"))
    return failed


def _replace(file: Path, before: bytes, after: bytes, since: float) -> None:
    file = file.resolve()  # a link stays a link: what it points to is written
    if file.stat().st_mtime > since or file.read_bytes() != before:
        raise OSError("it changed while ormlint was running")
    descriptor, name = tempfile.mkstemp(prefix=".ormlint-", dir=file.parent)
    try:
        with open(descriptor, "wb") as stream:
            stream.write(after)
        os.chmod(name, file.stat().st_mode & 0o7777)
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise
