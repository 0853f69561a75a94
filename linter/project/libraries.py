"""Source of what a project imports but does not hold: from its own environment, else from the bundled catalogue."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from linter.catalogue import Catalogue, Release
from linter.facts.files import Facts, PythonFile
from linter.project.environment import Environment, find_environment
from linter.project.requirements.pins import best, pin


def _extract(path: Path) -> Facts:
    from linter.extract import facts_of  # the parser: a run that finds everything in its cache does without

    return facts_of(path.name, "python", path.read_bytes())


class Libraries:
    """`extract` reads an environment's file: a run with a cache passes one that remembers."""

    def __init__(
        self, environment: Environment | None, catalogue: Catalogue, extract: Callable[[Path], Facts] = _extract
    ) -> None:
        self.environment = environment
        self.catalogue = catalogue
        self._extract = extract

    def find(self, module: str) -> tuple[str, PythonFile] | None:
        """The path and the facts of a module, None where no source of it is known."""
        if self.environment is not None and self.environment.has(module.partition(".")[0]):
            path = self.environment.find(module)
            if path is None:
                return None
            try:
                facts = self._extract(path)
            except OSError:
                return None
            return (path.as_posix(), facts) if isinstance(facts, PythonFile) else None
        return self.catalogue.find(module)

    def version(self, distribution: str, package: str) -> str | None:
        """The version that will be read of a distribution, for people."""
        if self.environment is not None and self.environment.has(package):
            return self.environment.version(distribution)
        release = self.catalogue.release(package)
        return release.version if release else None


def libraries_of(
    root: Path,
    files: Mapping[str, Facts],
    python: str | None = None,
    variables: Mapping[str, str] = os.environ,
    extract: Callable[[Path], Facts] = _extract,
) -> Libraries:
    """The libraries of the project at `root`; `python` is the configured interpreter or environment."""

    def choose(releases: Sequence[Release]) -> Release:
        if len(releases) == 1:
            return releases[0]
        version = best([r.version for r in releases], pin(files, releases[0].distribution))
        return next(r for r in releases if r.version == version)

    return Libraries(find_environment(root, python, variables), Catalogue(choose), extract)
