"""Whether a warm run says what a cold one says: random edits of real projects, with both runs after each.

    python scripts/edit_projects.py FOLDER…            # of Django or SQLAlchemy projects
    python scripts/edit_projects.py FOLDER --edits 500 --seed 7

Everything happens in a copy. Edits are of the kind that people make, at random places: fields, methods, arguments, receivers,
templates and settings are changed, renamed, added and taken away, files are added, copied and removed, and some edits are
undone later. What differs is printed, with the edits that led there, and the copy is kept.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from linter.config import load  # noqa: E402
from linter.project import trace  # noqa: E402
from linter.registry import Selection, entries  # noqa: E402
from linter.run import Options, run  # noqa: E402

Edit = Callable[[random.Random, str], "str | None"]

_FIELD = re.compile(
    r"^    (\w+)( *(?::[^=\n]+)?= *(?:models|db|sa|orm)?\.?\w*(?:Field|Column|Key|relationship|mapped_column)\()", re.M
)
_DEF = re.compile(r"^( *)def (\w+)\((.*)\)(?: *->[^:\n]+)?:\n", re.M)
_WORD_IN_BODY = re.compile(r"(?<=\.)[a-z_]{3,}(?=\()|(?<=\.)[a-z_]{4,}")
_STRING = re.compile(r"(?<=['\"])[a-z_]{3,}(?=['\"])")
_PATH = re.compile(r"(?<=\.)[a-z_]{3,}(?= *[}|%])")
_TAG = re.compile(r"\{%-? *(?:include|extends|if|for)[^%]*%\}")


def _at(pattern: re.Pattern[str], chance: random.Random, text: str) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return chance.choice(found) if found else None


def _put(match: re.Match[str], new: str, group: int = 0) -> str:
    return match.string[: match.start(group)] + new + match.string[match.end(group) :]


def rename_field(chance: random.Random, text: str) -> str | None:
    match = _at(_FIELD, chance, text)
    return _put(match, match[1] + chance.choice("xyz"), 1) if match else None


def add_field(chance: random.Random, text: str) -> str | None:
    match = _at(_FIELD, chance, text)
    if not match:
        return None
    kind = "models.IntegerField(default=0)" if "models." in text else "Column(Integer)"
    return f"{text[: match.start()]}    added_{chance.randrange(9)} = {kind}\n{text[match.start() :]}"


def change_argument(chance: random.Random, text: str) -> str | None:
    match = _at(re.compile(r"\b(null|blank|unique|default|max_length|nullable)=(\w+)"), chance, text)
    return _put(match, chance.choice(("True", "False", "30", "None")), 2) if match else None


def change_text(chance: random.Random, text: str) -> str | None:
    match = _at(re.compile(r"help_text=_?\(?['\"](\w+)|\"\"\"(\w+)"), chance, text)
    return _put(match, f"More{chance.randrange(99)} text", match.lastindex or 0) if match else None


def add_statement(chance: random.Random, text: str) -> str | None:
    match = _at(_DEF, chance, text)
    if not match:
        return None
    what = chance.choice(
        ("made = 1", "self.made = 1", "print(self.pk)", "setattr(self, 'made', 1)", "super().save()", "return")
    )
    return f"{text[: match.end()]}{match[1]}    {what}\n{text[match.end() :]}"


def add_method(chance: random.Random, text: str) -> str | None:
    match = _at(_DEF, chance, text)
    if not match:
        return None
    return f"{text[: match.start()]}{match[1]}def made_{chance.randrange(9)}(self):\n{match[1]}    return self.name\n\n{text[match.start() :]}"


def rename_function(chance: random.Random, text: str) -> str | None:
    match = _at(_DEF, chance, text)
    return _put(match, match[2] + "_x", 2) if match else None


def change_attribute(chance: random.Random, text: str) -> str | None:
    match = _at(_WORD_IN_BODY, chance, text)
    return _put(match, chance.choice((match[0] + "x", "save", "filter", "objects", "name"))) if match else None


def change_string(chance: random.Random, text: str) -> str | None:
    match = _at(_STRING, chance, text)
    return _put(match, match[0] + "x") if match else None


def drop_line(chance: random.Random, text: str) -> str | None:
    lines = text.splitlines(keepends=True)
    if len(lines) < 3:
        return None
    at = chance.randrange(len(lines))
    return "".join(lines[:at] + lines[at + 1 :])


def drop_decorator(chance: random.Random, text: str) -> str | None:
    match = _at(re.compile(r"^ *@.*\n", re.M), chance, text)
    return _put(match, "") if match else None


def add_class(chance: random.Random, text: str) -> str:
    base = chance.choice(("", "(models.Model)", "(Base)"))
    return f"{text}\n\nclass Made{chance.randrange(99)}{base}:\n    name = 1\n"


def add_comment(chance: random.Random, text: str) -> str:
    return f"{text}# {chance.randrange(99)}\n"


def change_path(chance: random.Random, text: str) -> str | None:
    match = _at(_PATH, chance, text)
    return _put(match, match[0] + "x") if match else None


def drop_tag(chance: random.Random, text: str) -> str | None:
    match = _at(_TAG, chance, text)
    return _put(match, "") if match else None


def add_path(chance: random.Random, text: str) -> str | None:
    match = _at(re.compile(r">\n"), chance, text)
    return _put(match, ">{{ object.made.nothing }}{{ user.nothing }}\n") if match else None


PYTHON: tuple[Edit, ...] = (
    rename_field, add_field, change_argument, change_text, add_statement, add_statement, add_method, rename_function,
    change_attribute, change_attribute, change_string, drop_line, drop_decorator, add_class, add_comment,
)  # fmt: skip
TEMPLATE: tuple[Edit, ...] = (change_path, drop_tag, add_path, drop_line, change_string)


class Project:
    """A copy of a project; `history` is what was done to it."""

    def __init__(self, folder: Path, scratch: Path, chance: random.Random) -> None:
        self.root = scratch / folder.name
        shutil.copytree(folder, self.root, symlinks=True, ignore=shutil.ignore_patterns(".git", ".ormlint_cache"))
        self.cache, self.facts = scratch / "cache", scratch / "facts"
        self.chance = chance
        self.texts: dict[Path, bytes | None] = {}
        self.history: list[str] = []

    def files(self, *suffixes: str) -> list[Path]:
        return sorted(path for path in self.root.rglob("*") if path.suffix in suffixes and path.is_file())

    def edit(self) -> str:
        """Do something; says what."""
        while True:
            done = self.chance.choice((*[self._change] * 12, self._undo, self._undo, self._file))()
            if done is not None:
                self.history.append(done)
                return done.split()[0]

    def _change(self) -> str | None:
        is_python = self.chance.random() < 0.75
        file = self._some(".py") if is_python else self._some(".html", ".txt", ".jinja2")
        edit = self.chance.choice(PYTHON if is_python else TEMPLATE)
        if file is None:
            return None
        try:
            old = file.read_bytes().decode()
        except ValueError:
            return None
        new = edit(self.chance, old)
        if new is None or new == old:
            return None
        self.texts.setdefault(file, old.encode())
        file.write_bytes(new.encode())
        return f"{edit.__name__} {file.relative_to(self.root)}"

    def _some(self, *suffixes: str) -> Path | None:
        """A file, one that others speak of in a third of the cases."""
        files = self.files(*suffixes)
        named = [
            path for path in files if re.search(r"models|signals|receivers|settings|base|views|admin|forms", str(path))
        ]
        pick = named if named and self.chance.random() < 0.5 else files
        return self.chance.choice(pick) if pick else None

    def _undo(self) -> str | None:
        if not self.texts:
            return None
        file = self.chance.choice(sorted(self.texts))
        old = self.texts.pop(file)
        if old is None:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(old)
        return f"undo {file.relative_to(self.root)}"

    def _file(self) -> str | None:
        file = self._some(".py", ".html")
        if file is None:
            return None
        if self.chance.random() < 0.5:
            self.texts.setdefault(file, file.read_bytes())
            file.unlink()
            return f"remove {file.relative_to(self.root)}"
        copy = file.with_name(f"{file.stem}_{self.chance.randrange(9)}{file.suffix}")
        if copy.exists():
            return None
        copy.write_bytes(file.read_bytes())
        self.texts.setdefault(copy, None)
        return f"copy {copy.relative_to(self.root)}"

    def said(self, cache: Path) -> list[str]:
        trace.words.clear()  # as in a process of its own
        options = Options(self.root, load(self.root), Selection(tuple(entries())), cache_dir=cache)
        result = run(options)
        return [repr(f) for f in result.findings] + sorted(repr(p) for p in result.problems)

    def from_scratch(self) -> list[str]:
        """What a run says that knows no verdict; what files say is a function of their bytes, and may be remembered."""
        for verdicts in self.facts.glob("run-*"):
            verdicts.unlink()
        return self.said(self.facts)


def differences(project: Project, edits: int, done: Counter[str]) -> bool:
    project.said(project.cache)
    for number in range(edits):
        done[project.edit()] += 1
        warm, cold = project.said(project.cache), project.from_scratch()
        if warm != cold:
            print(f"{project.root}: after {number + 1} edits, the last of them:", *project.history[-8:], sep="\n  ")
            print("only warm:", *sorted(set(warm) - set(cold)), sep="\n  ")
            print("only cold:", *sorted(set(cold) - set(warm)), sep="\n  ")
            return True
    return False


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("projects", type=Path, nargs="+")
    parser.add_argument("--edits", type=int, default=100, help="to each project")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    failed = False
    for folder in given.projects:
        scratch = Path(tempfile.mkdtemp(prefix="ormlint-edits-"))
        done: Counter[str] = Counter()
        differs = differences(Project(folder.resolve(), scratch, random.Random(given.seed)), given.edits, done)
        print(
            f"{folder.name}: {done.total()} edits, {'the last differs' if differs else 'all agree'}: {dict(done)}",
            flush=True,
        )
        failed |= differs
        if not differs:
            shutil.rmtree(scratch)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
