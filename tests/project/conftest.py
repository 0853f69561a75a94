"""A Project made from texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import dedent

import pytest

from linter.catalogue import Catalogue, Release
from linter.discover import kind_of
from linter.extract import facts_of
from linter.project import Project
from linter.project.libraries import Libraries
from linter.project.requirements.pins import best, pin
from linter.source import decode


@pytest.fixture
def build() -> Callable[..., Project]:
    """`build({path: text})`; libraries come from the catalogue, whatever is installed here."""

    def make(files: dict[str, str]) -> Project:
        texts = {path: dedent(text).lstrip("\n") for path, text in files.items()}
        facts = {path: facts_of(path, kind_of(path) or "config", text.encode()) for path, text in texts.items()}

        def choose(releases: Sequence[Release]) -> Release:
            version = best([r.version for r in releases], pin(facts, releases[0].distribution))
            return next(r for r in releases if r.version == version)

        libraries = Libraries(None, Catalogue(choose))
        return Project(facts, lambda path: decode(path, texts[path].encode()), libraries.find)

    return make
