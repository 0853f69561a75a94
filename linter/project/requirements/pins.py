"""Which version of a distribution a project asks for, and which of several releases fits that best."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from linter.facts.files import Facts, LockFile, TextFile

Version = tuple[int, ...]


def pin(files: Mapping[str, Facts], distribution: str) -> str:
    """The specifier (`>=4.2,<5`) that the project's requirement files give a distribution, "" where there is none.

    A lock file speaks first, then the file nearest to the root, and an exact pin before a range. `flask_sqlalchemy = db`
    in a file of settings is none."""
    name = re.escape(distribution).replace(r"\-", "[-_.]")
    line = re.compile(
        rf"""^[\s"'\-]*{name}(?:\[[^\]]*\])?["'\s]*(?:=\s*["'](?=[~=<>!^\d])|:)?\s*\(?([~=<>!^]{{1,2}}\s*v?\d[^"';#\n)]*)""",
        re.I | re.M,
    )
    found: list[str] = []
    key = re.sub(r"[-_.]+", "-", distribution).lower()
    spoken = [path for path, facts in files.items() if isinstance(facts, (TextFile, LockFile))]
    for path in sorted(spoken, key=lambda p: (p.count("/"), p)):
        facts = files[path]
        if isinstance(facts, LockFile) and key in facts.versions:
            return f"=={facts.versions[key]}"
        if isinstance(facts, TextFile):
            found.extend(match.strip() for match in line.findall(facts.text))
    exact = [f for f in found if f.startswith("==")]
    return (exact or found or [""])[0]


def is_exact(specifier: str) -> bool:
    """Whether a specifier allows one series of versions only."""
    return specifier.startswith(("==", "~=", "^"))


def allows(specifier: str, version: str) -> bool:
    """Whether a specifier surely allows a version, or one of the same series; no specifier says nothing."""
    has = parse(version)
    tests: dict[str, Callable[[Version], bool]] = {
        "==": lambda wanted: has[:2] == (*wanted, 0)[:2],
        "~=": lambda wanted: has >= wanted and has[: max(len(wanted) - 1, 1)] == wanted[: max(len(wanted) - 1, 1)],
        "~": lambda wanted: has[:2] == (*wanted, 0)[:2],
        "^": lambda wanted: has >= wanted and has[0] == wanted[0],
        ">=": lambda wanted: has >= wanted,
        ">": lambda wanted: has > wanted,
        "<=": lambda wanted: has[: len(wanted)] <= wanted,
        "<": lambda wanted: has < wanted,
        "!=": lambda wanted: True,
    }
    clauses = list(_clauses(specifier))
    return bool(clauses) and all(not parse(text) or tests[operator](parse(text)) for operator, text in clauses)


def settles(specifier: str, version: str) -> bool:
    """Whether what a version has is what the project will meet: one without an end (`>=4.7`) says so of its series only."""
    clauses = list(_clauses(specifier))
    if clauses and all(operator in (">=", ">") for operator, _ in clauses):
        return allows(specifier, version) and any(parse(text)[:1] == parse(version)[:1] for _, text in clauses)
    return allows(specifier, version)


def parse(text: str) -> Version:
    return tuple(int(part) for part in re.findall(r"\d+", re.split(r"[a-zA-Z*]", text.strip())[0]))


def best(versions: Sequence[str], specifier: str) -> str:
    """The version that fits a specifier best: the one of the same series as an exact pin, else the newest allowed."""
    ordered = sorted(versions, key=parse)
    allowed = ordered
    for operator, text in _clauses(specifier):
        wanted = parse(text)
        if not wanted:
            continue
        if operator in ("==", "^", "~", "~="):
            same = [v for v in allowed if parse(v)[:2] == (*wanted, 0)[:2]]
            older = [v for v in allowed if parse(v) <= wanted]
            allowed = same or older[-1:] or allowed[:1]
        elif operator in ("<", "<="):
            allowed = [
                v
                for v in allowed
                if parse(v)[: len(wanted)] < wanted or (operator == "<=" and parse(v)[: len(wanted)] == wanted)
            ] or allowed[:1]
    return allowed[-1]


def _clauses(specifier: str) -> Iterable[tuple[str, str]]:
    return re.findall(r"(~=|==|<=|>=|!=|<|>|\^|~)\s*([\w.*]+)", specifier)
