"""How many misspelt names in templates are found: a seeded mutation run on real projects.

    python benchmarks/recall_templates.py healthchecks bookwyrm --seed 7 --each 100

In a copy of each folder the last segment of dotted paths is misspelt whose variable some view is known to fill with rows of
a model (`{{ check.name }}`, `{{ check.nmae }}`), one path in a template at a time. A mutant is caught where
`unknown-template-field` reports the misspelt name on its line. What the check leaves alone on purpose counts as missed:
attributes that run-time code may give, `|default`, blocks that every child fills.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HOME = Path(__file__).resolve().parent.parent
ORMLINT = (sys.executable, str(HOME / "ormlint.py"))
RULE = "unknown-template-field"
LEFT_OUT = shutil.ignore_patterns(".git", "node_modules", ".venv", "*.pyc")


class Mutant(NamedTuple):
    """`column`: where the last segment of a path starts on its line, counted from zero."""

    path: str
    line: int
    column: int
    name: str
    wrong: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=100, help="mutants of one project")
    parser.add_argument("--show", type=int, default=0, help="how many of the missed ones are listed")
    given = parser.parse_args()
    caught = made = 0
    for folder in given.folders:
        chance = random.Random(f"{given.seed} {folder.name}")
        with tempfile.TemporaryDirectory() as work:
            copy = Path(work) / folder.name
            shutil.copytree(folder, copy, ignore=LEFT_OUT)
            mutants = chance.sample(every := sorted(candidates(copy, chance)), min(given.each, len(every)))
            missed = [mutant for group in rounds(mutants) for mutant in run(copy, group)]
        caught += len(mutants) - len(missed)
        made += len(mutants)
        print(f"{folder.name}: {share(len(mutants) - len(missed), len(mutants))} of {len(every)} paths", flush=True)
        for mutant in missed[: given.show]:
            print(f"    missed {mutant.path}:{mutant.line} {mutant.wrong} for {mutant.name}")
    print(f"all: {share(caught, made)}")


def share(caught: int, made: int) -> str:
    return f"caught {caught}/{made} ({caught / max(made, 1):.0%})"


def inspected(folder: Path, what: str) -> list[dict[str, object]]:
    command = (*ORMLINT, "inspect", what, "--format", "json", "--no-cache")
    found: list[dict[str, object]] = json.loads(
        subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout
    )
    return found


def candidates(folder: Path, chance: random.Random) -> Iterator[Mutant]:
    """Each path that starts from rows of models and that is right as it stands."""
    labels = {record["label"] for record in inspected(folder, "models")}
    lines: dict[str, list[str]] = {}
    for record in inspected(folder, "templates"):
        types = record["types"]
        assert isinstance(types, list)
        if not types or not labels.issuperset(types) or record["status"] == "invalid":
            continue
        path, line, start, name = str(record["path"]), record["line"], record["column"], str(record["name"])
        assert isinstance(line, int)
        assert isinstance(start, int)
        if path not in lines:
            lines[path] = (folder / path).read_text(encoding="utf-8").split("\n")
        before, _, last = name.rpartition(".")
        if not last.isdigit() and lines[path][line - 1][start:].startswith(name):
            yield Mutant(path, line, start + len(before) + 1, last, misspelt(last, chance))


def misspelt(name: str, chance: random.Random) -> str:
    """Two letters swapped, one doubled, or one lost."""
    at = chance.randrange(len(name))
    ways = [name[:at] + name[at] + name[at:]]
    if len(name) > 3:
        ways.append(name[:at] + name[at + 1 :])
    if at + 1 < len(name) and name[at] != name[at + 1]:
        ways.append(name[:at] + name[at + 1] + name[at] + name[at + 2 :])
    wrong = chance.choice(ways)
    return wrong if wrong.isidentifier() else name[:at] + name[at] + name[at:]


def rounds(mutants: list[Mutant]) -> Iterator[list[Mutant]]:
    """Groups with one mutant of each template: two in one could hide each other."""
    left = list(mutants)
    while left:
        group = {mutant.path: mutant for mutant in left}
        yield list(group.values())
        left = [mutant for mutant in left if group[mutant.path] is not mutant]


def run(folder: Path, group: list[Mutant]) -> list[Mutant]:
    """The mutants of a group that were missed."""
    texts = {mutant.path: (folder / mutant.path).read_bytes() for mutant in group}
    for mutant in group:
        lines = texts[mutant.path].decode().split("\n")
        line, end = lines[mutant.line - 1], mutant.column + len(mutant.name)
        lines[mutant.line - 1] = line[: mutant.column] + mutant.wrong + line[end:]
        (folder / mutant.path).write_bytes("\n".join(lines).encode())
    command = (
        *ORMLINT,
        "check",
        ".",
        "--select",
        RULE,
        "--format",
        "json",
        "--cache-dir",
        str(folder.parent / "cache"),
    )
    said = json.loads(subprocess.run(command, cwd=folder, capture_output=True, check=False).stdout)
    for path, text in texts.items():
        (folder / path).write_bytes(text)
    found = {(finding["path"], finding["line"], name) for finding in said for name in _names(finding)}
    return [mutant for mutant in group if (mutant.path, mutant.line, mutant.wrong) not in found]


def _names(finding: dict[str, object]) -> list[str]:
    """The words in backticks of a message."""
    return str(finding["message"]).split("`")[1::2]


if __name__ == "__main__":
    main()
