"""The configuration: `ormlint.toml`, or `[tool.ormlint]` in pyproject.toml, in the project's root folder.

Whatever is not known here is an error: a setting that is misspelt and silently ignored is worse than none.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import msgspec

from linter.registry import Layer, UnknownRule, did_you_mean, expand

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

VENDORS = ("postgresql", "sqlite", "mysql", "mariadb", "oracle", "mssql")


class ConfigError(Exception):
    """What is wrong with the configuration, in one line that names the file."""


class Templates(msgspec.Struct, frozen=True):
    """How the project's Jinja templates are written and where templates lie, where the project itself does not say so."""

    directories: tuple[str, ...] = ()
    block_start: str = "{%"
    block_end: str = "%}"
    variable_start: str = "{{"
    variable_end: str = "}}"
    comment_start: str = "{#"
    comment_end: str = "#}"


class Config(msgspec.Struct, frozen=True):
    """The settings of one project; `file` is where they were read, None where nothing is configured."""

    root: Path
    file: Path | None = None
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()
    databases: tuple[str, ...] = ()
    python: str = ""
    templates: Templates = msgspec.field(default_factory=Templates)

    @property
    def layer(self) -> Layer:
        return Layer(self.select, self.extend_select, self.ignore)

    def ignored(self, path: str) -> frozenset[str]:
        """The rules that `per-file-ignores` switches off in a file."""
        found: set[str] = set()
        for pattern, words in self.per_file_ignores:
            if _pattern(pattern).match_file(path):
                found |= expand(words)
        return frozenset(found)

    @property
    def digest(self) -> str:
        """Everything here that what is found, and what is read, depends on."""
        return repr((self.exclude, self.databases, self.python, self.templates, self.per_file_ignores))


@cache
def _pattern(pattern: str) -> GitIgnoreSpec:
    """A gitignore pattern; its library is imported only where one is configured."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines([pattern])


def load(root: Path) -> Config:
    """The configuration of a project. Raises ConfigError."""
    own, shared = root / "ormlint.toml", root / "pyproject.toml"
    if own.is_file():
        return _Reader(own).config(root, _parse(own))
    if shared.is_file() and b"ormlint" in shared.read_bytes():  # most projects configure nothing: spare them the parser
        tools = _parse(shared).get("tool", {})
        if "ormlint" in tools:
            return _Reader(shared).config(root, tools["ormlint"])
    return Config(root)


def _parse(file: Path) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        tables: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        return tables
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file.name}: {error}") from None


class _Reader:
    """Reads one table of settings, and says in which file something is wrong."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def config(self, root: Path, table: object) -> Config:
        readers: dict[str, Callable[[str, Any], Any]] = {
            "select": self.rules,
            "extend-select": self.rules,
            "ignore": self.rules,
            "per-file-ignores": self.per_file_ignores,
            "exclude": self.strings,
            "databases": self.databases,
            "python": self.string,
            "templates": self.templates,
        }
        return Config(root, self.file, **self.read("", table, readers))

    def read(self, prefix: str, table: object, readers: Mapping[str, Callable[[str, Any], Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if not isinstance(table, dict):
            self.wrong(f"`{prefix.rstrip('.') or 'ormlint'}` must be a table")
        for key, value in table.items():
            if key not in readers:
                self.wrong(f"unknown setting `{prefix}{key}`{did_you_mean(key, readers)}")
            found[key.replace("-", "_")] = readers[key](prefix + key, value)
        return found

    def wrong(self, message: str) -> NoReturn:
        raise ConfigError(f"{self.file.name}: {message}")

    def string(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not value:
            self.wrong(f"`{key}` must be a string")
        return value

    def strings(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.wrong(f"`{key}` must be a list of strings")
        return tuple(value)

    def rules(self, key: str, value: object) -> tuple[str, ...]:
        words = self.strings(key, value)
        try:
            expand(words)
        except UnknownRule as problem:
            self.wrong(f"`{key}`: {problem}")
        return words

    def databases(self, key: str, value: object) -> tuple[str, ...]:
        words = self.strings(key, value)
        for word in words:
            if word not in VENDORS:
                self.wrong(f"`{key}`: unknown database `{word}`{did_you_mean(word, VENDORS)}")
        return words

    def per_file_ignores(self, key: str, value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if not isinstance(value, dict):
            self.wrong(f"`{key}` must be a table of pattern = [names]")
        return tuple((pattern, self.rules(f"{key}.{pattern}", words)) for pattern, words in value.items())

    def templates(self, key: str, value: object) -> Templates:
        delimiters = {
            name.replace("_", "-"): self.string for name in Templates.__struct_fields__ if name != "directories"
        }
        return Templates(**self.read(f"{key}.", value, {"directories": self.strings, **delimiters}))
