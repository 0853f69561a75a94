"""Annotated testdata: tiny whole projects that say themselves what is to be found in them.

    Profile.objects.create(user=instance)
    #       ^^^^^^^^^^^^^^ raw-create-in-post-save, other-rule

A caret comment marks the exact columns of the line above it (`#^^^` without a space in between: from the line's first
column on; in a template `{#  ^^^ rule #}`); of a range of several lines it marks the first line's part, up to the
line's end. What is not marked must be silent, whatever check might speak. The caret lines are taken out before the
project is linted. `x.py.fixed` is what --fix --unsafe-fixes makes of `x.py`; where a case has one, every file that
is changed must have one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from linter.check import Rule
from linter.discover import kind_of
from linter.examples import example, lint, only, options, written
from linter.finding import Finding
from linter.fix import Repair, is_broken, repair
from linter.run import Result, run

_MARK = re.compile(
    r"^(?P<lead>\s*)(?P<open>#|\{#|<#|<!--)(?P<gap>[ \t]*)(?P<carets>\^+)[ \t]+(?P<rules>[a-z][\w, \t-]*?)[ \t]*(?:#\}|#>|-->)?[ \t]*$"
)


class Mark(NamedTuple):
    """A finding as a caret comment says it: columns from 0, `end` that of the first line's part."""

    path: str
    line: int
    start: int
    end: int
    rule: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.start + 1}-{self.end + 1} {self.rule}"


class Case(NamedTuple):
    """One annotated project, ready to be linted."""

    files: dict[str, str]
    marks: set[Mark]
    golden: dict[str, str]


def cases(testdata: Path) -> list[Path]:
    """The folders of `testdata/<rule-name>/<case>`."""
    return sorted(case for rule in testdata.iterdir() if rule.is_dir() for case in rule.iterdir() if case.is_dir())


def read_case(folder: Path) -> Case:
    case = Case({}, set(), {})
    for file in sorted(f for f in folder.rglob("*") if f.is_file() and "__pycache__" not in f.parts):
        path = file.relative_to(folder).as_posix()
        text = file.read_bytes().decode("utf-8")
        plain, marks = split_marks(path.removesuffix(".fixed"), text)
        if path.endswith(".fixed"):
            case.golden[path.removesuffix(".fixed")] = plain
        else:
            case.files[path] = plain
            case.marks.update(marks)
    return case


def split_marks(path: str, text: str) -> tuple[str, set[Mark]]:
    """A text without its caret comments, and what they say."""
    plain: list[str] = []
    marks: set[Mark] = set()
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        match = _MARK.match(line.rstrip("\r\n"))
        if match is None or not plain:
            plain.append(line)
            continue
        start = match.start("carets") if match["gap"] else match.start("open")
        rules = re.split(r"[,\s]+", match["rules"].strip())
        marks.update(Mark(path, len(plain), start, match.end("carets"), rule) for rule in rules)
    return "".join(plain), marks


def mark_of(finding: Finding, result: Result) -> Mark:
    at = finding.place.range
    end = at.end_column
    if at.end_line > at.line:
        end = len(result.source(finding.path).lines.text(at.line).rstrip())
    return Mark(finding.path, at.line, at.column, end, finding.rule)


def case_failures(folder: Path) -> Iterator[str]:
    """How what is found in a case differs from what it says; nothing where all is well."""
    case = read_case(folder)
    with written(case.files) as root:
        result = lint(root)
        found = {mark_of(finding, result) for finding in result.findings}
        messages = {mark_of(f, result): f.message for f in result.findings}
        yield from (f"{problem.path}: {problem.message}" for problem in result.problems)
        yield from (f"not found: {mark}" for mark in sorted(case.marks - found))
        yield from (f"must be silent: {mark}: {messages[mark]}" for mark in sorted(found - case.marks))
        if case.golden:
            yield from _golden_failures(case, repaired(root, result))


def repaired(root: Path, result: Result, rule: str = "") -> Repair:
    """What --fix --unsafe-fixes makes of a small project (with `rule`: only its findings)."""

    def judge(overlay: Mapping[str, bytes]) -> list[Finding]:
        return only(rule, run(replace(options(root), overlay=overlay))).findings

    return repair(result.findings, result.source, judge, kind_of, unsafe=True)


def _golden_failures(case: Case, done: Repair) -> Iterator[str]:
    yield from (f"not repaired: {refusal.finding.path}: {refusal.reason}" for refusal in done.refused)
    for path in sorted({*case.golden, *done.texts}):
        if path not in case.golden:
            yield f"{path} is repaired and has no {path}.fixed beside it: {done.texts[path]}"
        elif done.texts.get(path, case.files[path]) != case.golden[path]:
            yield f"{path} is repaired differently: {done.texts.get(path, 'not at all')}"


def documentation_failures(rule: type[Rule]) -> Iterator[str]:
    """How a rule's own examples fail it."""
    bad, good = example(rule, "Bad"), example(rule, "Good")
    if not bad or not good:
        yield "the documentation has no ## Bad or no ## Good example"
        return
    with written(good) as root:
        yield from (f"the good example: {mark_of(f, r)}: {f.message}" for r in [lint(root)] for f in r.findings)
    with written(bad) as root:
        result = lint(root, rule.name)
        if len(result.findings) != 1:
            yield f"the bad example gives {len(result.findings)} findings, not one"
        elif rule.fixable or result.findings[0].fix:
            yield from _fix_failures(rule, root, result)


def _fix_failures(rule: type[Rule], root: Path, result: Result) -> Iterator[str]:
    """fix(bad) parses, is clean, and is not changed by being fixed again."""
    if not rule.fixable:
        yield "a fix is offered by a check that does not say `fixable`"
    done = repaired(root, result, rule.name)
    yield from (f"the fix is refused: {refusal.reason}" for refusal in done.refused)
    if not done.applied:
        yield "the bad example is not repaired"
    for path, text in done.texts.items():
        kind = kind_of(path)
        (root / path).write_text(text, encoding="utf-8", newline="")
        if kind is not None and is_broken(path, kind, text.encode()):
            yield f"the repaired {path} does not parse"
    again = lint(root, rule.name)
    yield from (f"repaired and still found: {f.message}" for f in again.findings)
    if repaired(root, again, rule.name).texts:
        yield "repairing it again changes it again"
