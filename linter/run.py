"""One run: discover, extract, link, check, suppress. (A thin road until the engine's own replaces it.)"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from linter import registry
from linter.config import Config
from linter.discover import Tree, discover
from linter.extract import facts_of
from linter.facts.files import Facts, Kind, UnreadFile
from linter.finding import Finding
from linter.project import Project
from linter.source import Source, decode


@dataclass(frozen=True)
class Options:
    """What is asked of a run. `paths` decide only what is reported: they are relative to `root`."""

    root: Path
    config: Config
    selection: registry.Selection
    paths: tuple[str, ...] = ("",)
    jobs: int = 0
    cache_dir: Path | None = None
    affected: bool = False
    statistics: bool = False
    overlay: Mapping[str, bytes] = field(default_factory=dict)  # texts that stand in for files: unsaved or repaired ones
    progress: Callable[[int, int], None] | None = None


@dataclass(frozen=True)
class Problem:
    """A file that could not be read, or (`internal`) one that our own code failed on."""

    path: str
    message: str
    internal: bool = False


@dataclass
class Statistics:
    files: int = 0
    templates: int = 0
    seconds: float = 0.0
    shares: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass
class Result:
    root: Path
    findings: list[Finding]
    problems: list[Problem]
    statistics: Statistics
    read: Callable[[str], Source]

    def source(self, path: str) -> Source:
        return self.read(path)


def _reader(options: Options) -> Callable[[str], Source]:
    def read(path: str) -> Source:
        if path in options.overlay:
            return decode(path, options.overlay[path])
        return decode(path, (options.root / path).read_bytes())

    return read


def _discover(options: Options) -> Tree:
    return discover(options.root, options.config.exclude, options.config.templates.directories)


def _facts(options: Options, tree: Tree) -> dict[str, Facts]:
    return {path: _file_facts(options, path, kind) for path, (kind, _) in tree.files.items()}


def _file_facts(options: Options, path: str, kind: Kind) -> Facts:
    if path in options.overlay:
        return facts_of(path, kind, options.overlay[path])
    try:
        return facts_of(path, kind, (options.root / path).read_bytes())
    except OSError as error:
        return UnreadFile(f"cannot be read: {error.strerror}")


def _linked(options: Options, tree: Tree) -> Project:
    return Project(_facts(options, tree), _reader(options), databases=options.config.databases)


def index(options: Options) -> Project:
    return _linked(options, _discover(options))


def run(options: Options) -> Result:
    started = time.perf_counter()
    tree = _discover(options)
    project = _linked(options, tree)
    findings: list[Finding] = []
    wanted = [
        p for p in sorted(project.files) if any(p == w or w == "" or p.startswith(w + "/") for w in options.paths)
    ]
    checks = registry.checks(options.selection)
    for path in wanted:
        kind = tree.files[path][0]
        found = [f for check in checks if kind in check.kinds for f in check.check(project, path)]
        ignored = options.config.ignored(path)
        findings.extend(f for f in found if f.rule not in ignored)
    problems = [Problem(p, f.reason) for p, f in project.files.items() if isinstance(f, UnreadFile)]
    statistics = Statistics(len(project.python_paths), 0, time.perf_counter() - started)
    return Result(options.root, sorted(findings, key=lambda f: f.sort_key), problems, statistics, _reader(options))
