"""How many misspelt names of SQLAlchemy are found: names are misspelt one at a time, at random places of real projects.

    git clone --depth 1 https://github.com/CTFd/CTFd
    python benchmarks/recall_sqlalchemy.py CTFd …
    python benchmarks/recall_sqlalchemy.py CTFd --seed 7 --each 20 --missed     # more of each kind, and what was not found

What is misspelt, one name of one of these kinds for each trial:

    table           the table in `ForeignKey("users.id")`
    column          the column in it
    target          the class in `relationship("User")`
    back_populates  its `back_populates="user"`
    filter_by       a keyword of `filter_by(name=…)`
    attribute       `User.name`, of a class that declares it

The places are found by syntax alone, whatever ormlint makes of them; those in tests and migrations are passed over. A
misspelt name is a word that stands nowhere in the project, so that it is wrong wherever it is put, and the trial needs no
proof by the framework, whose projects could seldom be installed here. Found it is when the file gets a finding in the lines
of the call or expression that it had not before. Equal seeds give equal trials.
"""

from __future__ import annotations

import argparse
import ast
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from linter import registry  # noqa: E402
from linter.check import Check  # noqa: E402
from linter.config import load  # noqa: E402
from linter.extract import facts_of  # noqa: E402
from linter.project import Project  # noqa: E402
from linter.registry import Selection  # noqa: E402
from linter.run import Options, index  # noqa: E402
from linter.source import decode  # noqa: E402

KINDS = ("table", "column", "target", "back_populates", "filter_by", "attribute")
PASSED_OVER = re.compile(
    r"(^|/)(tests?|testing|migrations?|alembic|versions|examples?)(/|$)|(^|/)(test_\w+|conftest|\w+_test)\.py$"
)
GROUPS = ("models", "relations", "queries")
RELATIONSHIPS = ("relationship", "Relationship", "relation")
DECLARES = (*RELATIONSHIPS, "Column", "mapped_column", "Field", "column_property", "synonym")
WORD = re.compile(r"\w+")


class Mutant(NamedTuple):
    """A name of a file, at `start` to `end` of its bytes; `lines` are those of what it is part of."""

    kind: str
    path: str
    start: int
    end: int
    lines: range
    name: str


class File:
    """One module: what is in it that can be misspelt."""

    def __init__(self, path: str, data: bytes, tree: ast.Module) -> None:
        self.path = path
        self.data = data
        self.tree = tree
        self.starts = [0]
        for line in data.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def at(self, line: int, column: int) -> int:
        return self.starts[line - 1] + column

    def mutants(self, declared: Mapping[str, set[str]]) -> Iterator[Mutant]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield from self.of_call(node)
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.attr in declared.get(node.value.id, ()) and node.end_col_offset is not None:
                    end = self.at(node.end_lineno or node.lineno, node.end_col_offset)
                    yield self.mutant("attribute", node, end - len(node.attr), node.attr)

    def of_call(self, node: ast.Call) -> Iterator[Mutant]:
        name = called(node)
        first = node.args[0] if node.args else None
        if (
            name == "ForeignKey"
            and isinstance(first, ast.Constant)
            and isinstance(first.value, str)
            and "." in first.value
        ):
            *_, table, column = first.value.split(".")
            yield from self.in_text("table", node, first, table, first.value.rindex(".") - len(table))
            yield from self.in_text("column", node, first, column, first.value.rindex(".") + 1)
        elif name in RELATIONSHIPS:
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.isidentifier():
                yield from self.in_text("target", node, first, first.value, 0)
            for keyword in node.keywords:
                value = keyword.value
                if keyword.arg == "back_populates" and isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield from self.in_text("back_populates", node, value, value.value, 0)
        elif name == "filter_by":
            for keyword in node.keywords:
                if keyword.arg:
                    yield self.mutant("filter_by", keyword, self.at(keyword.lineno, keyword.col_offset), keyword.arg)

    def in_text(self, kind: str, node: ast.Call, text: ast.Constant, name: str, offset: int) -> Iterator[Mutant]:
        """A name in a string that is written plainly, in one piece and on one line."""
        start = self.at(text.lineno, text.col_offset) + 1 + offset
        if self.data[start : start + len(name)] == name.encode() and name:
            yield self.mutant(kind, node, start, name)

    def mutant(self, kind: str, node: ast.Call | ast.Attribute | ast.keyword, start: int, name: str) -> Mutant:
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        return Mutant(kind, self.path, start, start + len(name.encode()), lines, name)


def called(node: ast.expr) -> str:
    func = node.func if isinstance(node, ast.Call) else None
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def declarations(files: Sequence[File]) -> dict[str, set[str]]:
    """What the classes declare whose bodies give a table name, by the classes' names; two of one name are left out."""
    found: dict[str, set[str]] = {}
    times: Counter[str] = Counter()
    for file in files:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.ClassDef):
                times[node.name] += 1
                names = dict(assigned(node))
                if "__tablename__" in names:
                    found[node.name] = {n for n, v in names.items() if v is not None and called(v) in DECLARES}
    return {name: names for name, names in found.items() if times[name] == 1}


def assigned(node: ast.ClassDef) -> Iterator[tuple[str, ast.expr | None]]:
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield statement.target.id, statement.value
        elif isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            if isinstance(statement.targets[0], ast.Name):
                yield statement.targets[0].id, statement.value


def misspelt(name: str, words: set[str], dice: random.Random) -> str:
    """A name as one types it wrongly, which stands nowhere in the project."""
    for _ in range(20):
        at = dice.randrange(len(name))
        letter = dice.choice("abcdefghijklmnopqrstuvwxyz")
        tried = dice.choice((name[:at] + name[at + 1 :], name[:at] + letter + name[at:], f"{name}s", f"{name}_id"))
        if tried.isidentifier() and tried not in words:
            return tried
    return f"{name}_misspelt"


class Trials:
    """A project and its variants; what a variant does not change is read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        config = load(root)
        names = tuple(name for name, entry in registry.entries().items() if entry.group in GROUPS)
        self.project = index(Options(root, config, Selection(names), cache_dir=None))
        self.checks = [check for check in registry.checks(names) if "python" in check.kinds]
        self.files = list(self.read())
        self.words = {word for file in self.files for word in WORD.findall(file.data.decode("utf-8", "replace"))}
        self.before: dict[str, Counter[tuple[str, str]]] = {}

    def read(self) -> Iterator[File]:
        for path in self.project.python_paths:
            if PASSED_OVER.search(path):
                continue
            data = (self.root / path).read_bytes()
            try:
                yield File(path, data, ast.parse(data))
            except (SyntaxError, ValueError):
                continue

    def mutants(self) -> dict[str, list[Mutant]]:
        declared = declarations(self.files)
        found: dict[str, list[Mutant]] = {kind: [] for kind in KINDS}
        for file in self.files:
            for mutant in file.mutants(declared):
                found[mutant.kind].append(mutant)
        return found

    def is_found(self, mutant: Mutant, name: str) -> bool:
        path = mutant.path
        if path not in self.before:
            self.before[path] = Counter((rule, text) for rule, text, _ in findings(self.project, self.checks, path))
        before = Counter(self.before[path])
        data = (self.root / path).read_bytes()
        data = data[: mutant.start] + name.encode() + data[mutant.end :]
        for rule, text, line in findings(self.changed(path, data), self.checks, path):
            before[rule, text] -= 1
            if before[rule, text] < 0 and line in mutant.lines:
                return True
        return False

    def changed(self, path: str, data: bytes) -> Project:
        """The project with another text of one file."""
        project = self.project
        files = {**project.files, path: facts_of(path, "python", data)}
        return Project(
            files,
            lambda p: decode(p, data) if p == path else project.source(p),
            project._find_library,
            project.configured_databases,
            project.configured_delimiters,
            project.configured_template_folders,
            project.may_hide,
        )


def findings(project: Project, checks: Sequence[Check], path: str) -> Iterator[tuple[str, str, int]]:
    for check in checks:
        for finding in check.check(project, path):
            yield finding.rule, finding.message, finding.place.range.line


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("projects", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=10, help="how many of each kind, in each project")
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this kind")
    parser.add_argument("--missed", action="store_true", help="say what was not found")
    given = parser.parse_args()
    total: Counter[tuple[str, bool]] = Counter()
    for root in given.projects:
        trials = Trials(root.resolve())
        here: Counter[tuple[str, bool]] = Counter()
        for kind, every in trials.mutants().items():
            if given.kind and kind not in given.kind:
                continue
            dice = random.Random(f"{given.seed} {root.resolve().name} {kind}")
            for mutant in dice.sample(every, min(given.each, len(every))):
                name = misspelt(mutant.name, trials.words, dice)
                is_found = trials.is_found(mutant, name)
                here[kind, is_found] += 1
                if not is_found and given.missed:
                    print(f"  {mutant.path}:{mutant.lines.start} {kind} {mutant.name} -> {name}", flush=True)
        print(f"{root.resolve().name}: {told(here)}", flush=True)
        total += here
    print(f"all: {told(total)}")


def told(counts: Counter[tuple[str, bool]]) -> str:
    parts = []
    for kind in KINDS:
        found, missed = counts[kind, True], counts[kind, False]
        if found + missed:
            parts.append(f"{kind} {found}/{found + missed}")
    found = sum(n for (_, is_found), n in counts.items() if is_found)
    return f"{', '.join(parts)}; {found}/{sum(counts.values())}"


if __name__ == "__main__":
    main()
