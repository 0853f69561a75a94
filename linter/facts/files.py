"""The facts of one file, whatever its kind: what the extractor gives, the cache stores and the Project links."""

from __future__ import annotations

from typing import Literal, Union

import msgspec

Kind = Literal["python", "template", "requirements", "config", "lock", "bytecode", "fixture"]


class PythonFile(msgspec.Struct, frozen=True, array_like=True, tag="py"):
    """A Python file: an encoded `syntax.Module` and an encoded `Code`, each decoded only when somebody asks.

    They are byte strings within the record, so that whoever reads the record need not walk through what is in them."""

    module: bytes
    code: bytes


# Bits of a file in the sets of files that answers were read from: what it says beyond its interface, which words stand in
# it, and a share of its bodies each. Those of answers that are compared come after them.
WHOLE, WORDS, BODIES = 0, 1, range(2, 10)


class Code(msgspec.Struct, frozen=True, array_like=True):
    """What a Python file holds beyond its interface. `spans` is the module's span table; `bodies[i]` is an encoded
    `syntax.Body` (most runs read few) and `starts[i]` the offset of its function."""

    spans: tuple[int, ...]
    bodies: tuple[bytes, ...]
    starts: tuple[int, ...]


class TemplateFile(msgspec.Struct, frozen=True, array_like=True, tag="html"):
    """A template: an encoded `facts.template.Template`."""

    template: bytes


class TextFile(msgspec.Struct, frozen=True, array_like=True, tag="text"):
    """A small text file that is linked as it is: requirements, alembic.ini, pyproject.toml, compose files."""

    text: str


class LockFile(msgspec.Struct, frozen=True, array_like=True, tag="lock"):
    """A lock file: which version of each distribution is installed. Names are normalised."""

    versions: dict[str, str]


class FixtureFile(msgspec.Struct, frozen=True, array_like=True, tag="rows"):
    """A fixture of Django: the labels, in small letters, of the models whose rows it holds."""

    models: tuple[str, ...]


class UnreadFile(msgspec.Struct, frozen=True, array_like=True, tag="bad"):
    """A file that could not be read; `reason` is one clear line."""

    reason: str


Facts = Union[PythonFile, TemplateFile, TextFile, LockFile, FixtureFile, UnreadFile]
