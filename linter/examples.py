"""The examples in a rule's documentation, as projects: what is shown to a reader is what is run.

A section's fenced blocks are the files of one tiny project. A block's first line names its file (`# file: app/models.py`,
`{# file: page.html #}`) and does not belong to it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from linter.check import Rule, documentation_sections
from linter.config import load
from linter.registry import Selection, entries
from linter.run import Options, Result, run

_BLOCK = re.compile(r"^```(?P<language>[\w-]+)[^\n]*\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^(?:#|\{#|<#|--|;)[ \t]*file:[ \t]*(?P<path>[^\s#]+)[^\n]*\n")
_NAMES = {"python": "app/models.py", "html": "templates/page.html", "django": "templates/page.html"}
_NAMES |= {"jinja": "templates/page.html", "ini": "alembic.ini", "toml": "pyproject.toml", "text": "requirements.txt"}


def example(rule: type[Rule], section: str) -> dict[str, str]:
    """The files of the example in one section (`Bad` or `Good`), by path."""
    for heading, text in documentation_sections(rule.documentation()):
        if heading == section:
            return dict(_files(text))
    return {}


def _files(text: str) -> Iterator[tuple[str, str]]:
    for block in _BLOCK.finditer(text):
        content = block["text"]
        named = _FILE.match(content)
        yield named["path"] if named else _NAMES[block["language"]], content[named.end() :] if named else content


@contextmanager
def written(files: Mapping[str, str]) -> Iterator[Path]:
    """The files, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="ormlint-example-") as folder:
        root = Path(folder).resolve()
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8", newline="")
        yield root


def options(root: Path) -> Options:
    """A run of every rule over a small project, without a cache."""
    names = tuple(entries())
    return Options(root, load(root), Selection(names, frozenset(names)), jobs=1)


def lint(root: Path, rule: str = "") -> Result:
    """What is found in a small project; only what one rule finds, where it is named. The others run all the same: a rule
    about suppressions speaks of them."""
    return only(rule, run(options(root)))


def only(rule: str, result: Result) -> Result:
    return replace(result, findings=[f for f in result.findings if rule in ("", f.rule)])
