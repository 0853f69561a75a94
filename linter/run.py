"""One run: discover, extract, link, check, suppress; each step only as far as the cache does not know its outcome."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from linter import registry
from linter.cache import Cache, Unwritable, digest, tool_identity
from linter.config import Config
from linter.discover import Stat, Tree, discover, is_kept_out, kind_of
from linter.facts.files import BODIES, WHOLE
from linter.finding import Finding
from linter.grounds import Grounds
from linter.record import Entry, Record, Verdict, content_digest, load, to_bytes
from linter.registry import Selection
from linter.source import Changed, Source, decode

if TYPE_CHECKING:
    from linter.check import Check
    from linter.facts.files import Facts, Kind
    from linter.project import Project
    from linter.reading import Outsiders, Pack

MOST_JOBS = 8  # beyond this the files are read faster than they can be taken in


class Options(msgspec.Struct, frozen=True):
    """What is asked of a run. `paths` decide only what is reported: they are relative to `root`. `overlay` are texts that
    stand in for files: unsaved or repaired ones. `jobs` of 0 is as many as help."""

    root: Path
    config: Config
    selection: Selection
    paths: tuple[str, ...] = ("",)
    jobs: int = 0
    cache_dir: Path | None = None
    affected: bool = False
    overlay: Mapping[str, bytes] = msgspec.field(default_factory=dict)
    progress: Callable[[int, int], None] | None = None


class Problem(msgspec.Struct, frozen=True):
    """A file that could not be read, or (`internal`) one that our own code failed on."""

    path: str
    message: str
    internal: bool = False


class Statistics(msgspec.Struct):
    """`shares`: of all lookups, template paths, …, (those decided, all)."""

    files: int = 0
    templates: int = 0
    seconds: float = 0.0
    shares: dict[str, tuple[int, int]] = msgspec.field(default_factory=dict)


class Result(msgspec.Struct):
    root: Path
    findings: list[Finding]
    problems: list[Problem]
    statistics: Statistics
    read: Callable[[str], Source]

    def source(self, path: str) -> Source:
        return self.read(path)


def run(options: Options) -> Result:
    """Judge what is asked for, and remember it for the next run."""
    started = time.perf_counter()
    with _without_collector():
        session = _Session(options)
        session.judge()
        session.save()
        statistics = session.statistics()
    statistics.seconds = time.perf_counter() - started
    return Result(options.root, session.findings(), session.problems(), statistics, session.shown)


def index(options: Options) -> Project:
    """The linked project, for whoever wants to see what was understood of it."""
    with _without_collector():
        session = _Session(options)
        project = session.project
        session.save()
    return project


@contextmanager
def _without_collector() -> Iterator[None]:
    """A run makes a million records that live to its end: looking through them for garbage would take a third of its time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class _Session:
    """The state of one run: which files there are, what the run before knew, and as much of the index as was needed."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.cache = Cache(options.cache_dir) if options.cache_dir else None
        self.trouble: list[Problem] = []
        self.is_news = False
        self._pack: Pack | None = None
        self._outsiders: Outsiders | None = None
        self.name = f"run-{_key(options).hex()}"
        self.before = (load(self.cache, self.name) if self.cache else None) or Record()
        self.now = Record(time.time_ns(), self.before.rules or registry.kinds(options.selection))
        self.now.tree = self._tree()
        self.now.entries = self._entries()
        self.now.paths, self.now.words = self.before.paths, self.before.words
        self.again: dict[str, frozenset[str]] = {}  # files to be judged by some rules only; what others found stands
        self.kept: dict[str, tuple[Finding, ...]] = {}
        self._let_stand()

    # --- files ---

    def _tree(self) -> Tree:
        config = self.options.config
        tree = self.before.tree.refreshed(self.options.root, self.before.can_trust)
        if tree is None:
            self.is_news = True
            tree = discover(self.options.root, config.exclude, config.templates.directories)
        for path, raw in self.options.overlay.items():
            kind = kind_of(path, config.templates.directories)
            if kind is not None and path not in tree.files:
                tree.files[path] = kind, Stat(0, 0, len(raw), 0)
        self.trouble.extend(Problem(path, message) for path, message in tree.problems)
        return tree

    def _entries(self) -> dict[str, Entry]:
        """What is known of each file, from the run before where it has not been touched since."""
        known: dict[str, Entry] = {}
        unknown: dict[str, tuple[Kind, Stat]] = {}
        for path, found in self.now.tree.files.items():
            entry = self.before.entries.get(path)
            if (
                entry is None
                or path in self.options.overlay
                or self.before.tree.files[path] != found
                or not self.before.can_trust(found[1])
            ):
                unknown[path] = found
            else:
                known[path] = entry
        return {**known, **self._read(unknown)} if unknown else known

    def _read(self, wanted: Mapping[str, tuple[Kind, Stat]]) -> dict[str, Entry]:
        from linter.reading import Reader

        reader = Reader(self.options.root, self.pack, _jobs(self.options), self.options.overlay)
        entries = reader.read(wanted, self.progress)
        self.trouble.extend(Problem(path, t.message, t.internal) for path, t in reader.troubles.items())
        return entries

    def _respects(self, before: Entry, now: Entry) -> Iterable[int]:
        """In which respects a file has changed."""
        from linter.facts.files import WORDS, PythonFile
        from linter.project.units import changed_shares, hold_alike

        if before.content in self.pack and now.content in self.pack:
            was, is_ = self.pack.facts(before.content), self.pack.facts(now.content)
            if isinstance(was, PythonFile) and isinstance(is_, PythonFile):
                words = () if hold_alike(was, is_, self.before.words) else (WORDS,)
                return WHOLE, *words, *changed_shares(was, is_)
        return WHOLE, WORDS, *BODIES

    @property
    def pack(self) -> Pack:
        if self._pack is None:
            from linter.reading import Pack

            self._pack = Pack(self.cache, tool_identity().hex()[:16])
            self.is_news = True
        return self._pack

    def progress(self, done: int, every: int) -> None:
        if self.options.progress is not None:
            self.options.progress(done, every)

    def source(self, path: str) -> Source:
        """The text of a file, as it was when its facts were read: places in any other would be wrong."""
        raw = self.options.overlay.get(path)
        if raw is None:
            try:
                raw = (self.options.root / path).read_bytes()
            except OSError:
                raise Changed(f"{path} is gone since it was read") from None
            if content_digest(self.now.entries[path].kind, raw) != self.now.entries[path].content:
                raise Changed(f"{path} changed while it was judged")
        return decode(path, raw)

    def shown(self, path: str) -> Source:
        """The text of a file for a report, which must not fail over a file that is gone meanwhile."""
        try:
            return self.source(path)
        except (Changed, KeyError):
            return Source(path, "")

    # --- the index ---

    @property
    def outsiders(self) -> Outsiders:
        if self._outsiders is None:
            from linter.reading import Outsiders

            stands = {path: outside for path, outside in self.before.outside.items() if outside.stands(path)}
            self._outsiders = Outsiders(self.pack, stands)
        return self._outsiders

    @cached_property
    def project(self) -> Project:
        from linter.facts.template import Delimiters
        from linter.project import Project
        from linter.project.libraries import libraries_of

        config = self.options.config
        files = self._facts()
        libraries = libraries_of(self.options.root, files, config.python or None, os.environ, self.outsiders)
        folders = libraries.environment.folders if libraries.environment else ()
        for folder in (*folders, *(self.options.root / name for name in (".venv", "venv"))):
            self.outsiders.watch(folder)
        written = config.templates
        delimiters = Delimiters(
            written.variable_start,
            written.variable_end,
            written.block_start,
            written.block_end,
            written.comment_start,
            written.comment_end,
        )
        return Project(
            files, self.source, libraries.find, config.databases, delimiters, written.directories, self._may_hide
        )

    def _may_hide(self, folder: str, name: str) -> bool:
        """Whether a module may be in a folder of the project although it was not read: compiled, linked, ignored."""
        root, tree = self.options.root, self.now.tree
        for path in (folder, *tree.ignores):
            self.outsiders.watch(root / path)
        try:
            entries = os.listdir(root / folder)
        except OSError:
            return True
        if any(entry.partition(".")[0] == name and not entry.endswith(".pyc") for entry in entries):
            return True
        below = f"{folder}/{name}" if folder else name
        exclude = self.options.config.exclude
        return any(is_kept_out(root, tree, exclude, path) for path in (f"{below}.py", f"{below}/"))

    def _facts(self) -> dict[str, Facts]:
        from linter.facts.files import UnreadFile

        lost = {
            path: self.now.tree.files[path]
            for path, entry in self.now.entries.items()
            if entry.content not in self.pack  # another run has tidied up meanwhile, or the cache was damaged
        }
        self.now.entries.update(self._read(lost) if lost else {})
        facts = {path: self.pack.facts(entry.content) for path, entry in self.now.entries.items()}
        unread = {problem.path: UnreadFile(problem.message) for problem in self.trouble}
        return {**unread, **facts}

    # --- verdicts ---

    def _let_stand(self) -> None:
        """Take over the verdicts that hold for the files as they are now.

        Any change of an interface can change any verdict. While there is none, a verdict changes only with its own file,
        and what a rule says in it with those that this depends on beyond their interfaces.
        """
        before, entries = self.before, self.now.entries
        changed = before.changed(entries)
        if changed is None:
            return
        if not changed:
            self.now.verdicts, self.now.packed = dict(before.verdicts), before.packed
            return
        fallen = self._fallen(changed)
        if fallen is None:
            return
        for path, verdict in before.verdicts.items():
            if path in changed:
                continue
            rules = fallen.get(path)
            if rules is None:
                self.now.verdicts[path] = verdict
            elif not entries[path].marked:  # else what is suppressed there depends on all that is found
                self.again[path] = rules
                self.kept[path] = tuple(finding for finding in verdict.findings if finding.rule not in rules)
        before.grounds.keep({**dict.fromkeys(self.now.verdicts, frozenset()), **self.again})
        self.now.grounds = before.grounds

    def _fallen(self, changed: list[str]) -> dict[str, frozenset[str]] | None:
        """The files whose verdicts depend on some that have changed, with the rules that do; None where that cannot be said."""
        before, entries = self.before, self.now.entries
        files = before.grounds.changed_answers(
            before.bits({path: self._respects(before.entries[path], entries[path]) for path in changed}),
            lambda question, path: self.project.answer_bit(question, path),
            lambda question, path: self.project.answer(question, path),
        )
        if "project" in self.__dict__ and self.project.paths != before.paths:
            return None
        return dict(before.grounds.concerned(files))

    def is_wanted(self, path: str) -> bool:
        return any(wanted in ("", path) or path.startswith(wanted + "/") for wanted in self.options.paths)

    def judge(self) -> None:
        """Reach a verdict on every file that is asked for and has none that stands."""
        if not self._missing():
            return
        from linter.judging import Judge, judge_all

        if self.now.paths != self.project.paths:  # what was found there says what it depends on in other terms
            self.now.paths, self.now.words, self.now.verdicts = self.project.paths, frozenset(), {}
            self.again, self.now.grounds = {}, Grounds()
        missing = self._missing()

        ran = frozenset(self.now.rules)
        checks = self._checks(missing.values())
        judge = Judge(self.project, checks, ran, self.options.config, self.outsiders, self.again)
        for path, verdict in judge_all(judge, missing, _jobs(self.options), self.progress):
            self.now.verdicts[path] = self._with_kept(path, verdict)
        self.now.grounds.update(judge.grounds)

    def _with_kept(self, path: str, verdict: Verdict) -> Verdict:
        """A verdict with what the rules found that were not asked again."""
        if path not in self.again:
            return verdict
        findings = sorted((*verdict.findings, *self.kept[path]), key=lambda f: f.sort_key)
        return Verdict(tuple(findings), verdict.troubles)

    def _missing(self) -> dict[str, Entry]:
        everything = self.options.affected
        return {
            path: entry
            for path, entry in self.now.entries.items()
            if path not in self.now.verdicts and (everything or self.is_wanted(path))
        }

    def _checks(self, entries: Iterable[Entry]) -> list[Check]:
        """The checks that have to do with some files; no others are imported where the run before knew which these are."""
        kinds = {entry.kind for entry in entries}
        return registry.checks(name for name, judged in self.now.rules.items() if not kinds.isdisjoint(judged))

    def reported(self) -> Iterator[tuple[str, Verdict]]:
        """The verdicts that findings are reported from."""
        for path, verdict in self.now.verdicts.items():
            if self.options.affected or self.is_wanted(path):
                yield path, verdict

    def findings(self) -> list[Finding]:
        found = [f for path, verdict in self.reported() for f in verdict.findings if self._concerns(f, path)]
        return sorted(found, key=lambda f: f.sort_key)

    def _concerns(self, finding: Finding, path: str) -> bool:
        """Whether a finding stands in one of the given files, names one of them, or was judged by what one of them does."""
        places = (finding.path, *(related.place.path for related in finding.related))
        return any(map(self.is_wanted, places)) or self.now.grounds.all_of(path) & self._wanted != 0

    @cached_property
    def _wanted(self) -> int:
        return self.now.bits({path: (WHOLE, *BODIES) for path in self.now.paths if self.is_wanted(path)})

    def problems(self) -> list[Problem]:
        unread = [Problem(path, entry.problem) for path, entry in self.now.entries.items() if entry.problem]
        failed = [Problem(path, t.message, t.internal) for path, verdict in self.reported() for t in verdict.troubles]
        return [*self.trouble, *unread, *failed]

    def statistics(self) -> Statistics:
        kinds = [entry.kind for entry in self.now.entries.values()]
        return Statistics(kinds.count("python"), kinds.count("template"))

    # --- the next run ---

    def _take_from_project(self) -> None:
        """What was asked of the index here; what other processes asked came with their verdicts."""
        from linter.project import trace

        self.now.words |= trace.words
        self.now.grounds.take(self.project.answers)

    def save(self) -> None:
        """Leave to the next run what this one learnt. What an editor has not saved yet is none of its business."""
        if self.cache is None or self.options.overlay or not self.is_news:
            return
        self.now.outside = self.before.outside if self._outsiders is None else self._outsiders.seen
        try:
            if "project" in self.__dict__:
                self._take_from_project()
            if self._pack is not None:
                inside = {entry.content for entry in self.now.entries.values()}
                self._pack.save(inside | {known.content for known in self.now.outside.values()})
                self.cache.prune((self.name, self._pack.base_name, self._pack.more_name))
            self.cache.save(self.name, to_bytes(self.now))
        except Unwritable as problem:
            self.trouble.append(Problem(str(self.cache.folder), str(problem)))


def _key(options: Options) -> bytes:
    """A digest of everything but the files that findings depend on."""
    selection = options.selection
    settings = (options.config.digest, selection.names, sorted(selection.explicit))
    environment = [os.environ.get(name) for name in ("VIRTUAL_ENV", "PRE_COMMIT")]
    inside = options.cache_dir is None or options.root in options.cache_dir.absolute().parents
    return digest(tool_identity(), repr((settings, environment, "" if inside else str(options.root))).encode())


def _jobs(options: Options) -> int:
    from linter.workers import cores

    return options.jobs or min(cores(), MOST_JOBS)
