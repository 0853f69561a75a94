"""The checks asked about files of a linked project, by several processes where that helps."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cached_property
from typing import get_args

import msgspec

from linter import suppress
from linter.check import Check
from linter.config import Config
from linter.facts.files import Facts, Kind, PythonFile
from linter.finding import Finding
from linter.grounds import Grounds, from_bytes
from linter.project import Project, trace
from linter.project.trace import recording
from linter.reading import Outsiders
from linter.record import Entry, Outside, Trouble, Verdict
from linter.source import Changed
from linter.workers import can_fork, shared

FEW = 60  # files that are judged sooner than workers are started
MOST_JUDGES = 3  # each links most of what the others link: more of them would only warm the room
CHUNKS_PER_JOB = 8


class _Answer(msgspec.Struct, frozen=True, array_like=True):
    """What a worker sends back: verdicts with their grounds, what it read outside the project meanwhile, and what its gates
    looked for."""

    verdicts: dict[str, Verdict]
    grounds: bytes
    seen: dict[str, Outside]
    facts: dict[bytes, bytes]
    words: set[bytes]


_encode = msgspec.msgpack.Encoder().encode
_answer_decoder = msgspec.msgpack.Decoder(_Answer)


class Judge(msgspec.Struct, frozen=True, dict=True):
    """`ran` are the rules that are asked for, `outsiders` what the project reads its libraries with. `again`: of which rules
    a file is to be judged; files that are not there are by all."""

    project: Project
    checks: Sequence[Check]
    ran: frozenset[str]
    config: Config
    outsiders: Outsiders
    again: Mapping[str, Container[str]] = msgspec.field(default_factory=dict)
    grounds: Grounds = msgspec.field(default_factory=Grounds)

    def judge(self, path: str, entry: Entry) -> Verdict:
        if entry.problem:
            return Verdict()
        troubles: list[Trouble] = []
        found = self._found(path, entry.kind, troubles)
        if entry.marked:
            with recording() as noted:
                found = self._suppressed(path, entry.kind, found, troubles)
            self.grounds.add(path, "", noted.files)
        ignored = self.config.ignored(path)
        findings = sorted((f for f in found if f.rule not in ignored), key=lambda f: f.sort_key)
        return Verdict(tuple(findings), tuple(troubles))

    def _found(self, path: str, kind: Kind, troubles: list[Trouble]) -> list[Finding]:
        """What the checks find; one that fails on one file must not cost what the others find."""
        found: list[Finding] = []
        again = self.again.get(path)
        for check in self._of_kind[kind]:
            if again is not None and check.name not in again:
                continue
            try:
                with recording() as noted:
                    found += [*check.check(self.project, path)]
                self.grounds.add(path, check.name, noted.files)
            except Exception as problem:
                troubles.append(_trouble(f"`{check.name}`", problem))
        return found

    @cached_property
    def _of_kind(self) -> dict[Kind, list[Check]]:
        return {kind: [check for check in self.checks if kind in check.kinds] for kind in get_args(Kind)}

    def _suppressed(self, path: str, kind: Kind, found: list[Finding], troubles: list[Trouble]) -> list[Finding]:
        delimiters = self.config.templates.comment_start, self.config.templates.comment_end
        try:
            return suppress.apply(self.project.source(path), kind, found, self.ran, delimiters)
        except Exception as problem:
            troubles.append(_trouble("reading its suppressions", problem))
            return found


def _trouble(what: str, problem: Exception) -> Trouble:
    if isinstance(problem, Changed):
        return Trouble(str(problem))
    return Trouble(f"{what} failed: {type(problem).__name__}: {problem}"[:300], True)


def judge_all(
    judge: Judge, files: Mapping[str, Entry], jobs: int, progress: Callable[[int, int], None]
) -> Iterator[tuple[str, Verdict]]:
    """The verdict on each of some files."""
    paths = sorted(files)
    if len(paths) <= FEW or jobs <= 1 or not can_fork():
        for done, path in enumerate(paths, 1):
            yield path, judge.judge(path, files[path])
            progress(done, len(paths))
        return
    done = 0
    for answer in _shared(judge, files, paths, min(jobs, MOST_JUDGES)):
        judge.outsiders.take(answer.seen, answer.facts)
        judge.grounds.update(from_bytes(answer.grounds))
        trace.words.update(answer.words)
        yield from answer.verdicts.items()
        done += len(answer.verdicts)
        progress(done, len(paths))


def _shared(judge: Judge, files: Mapping[str, Entry], paths: Sequence[str], jobs: int) -> Iterator[_Answer]:
    def work(chunk: Sequence[str]) -> bytes:
        seen, facts, words = set(judge.outsiders.seen), set(judge.outsiders.pack.fresh), set(trace.words)
        verdicts = {path: judge.judge(path, files[path]) for path in chunk}
        judge.grounds.take(judge.project.answers)
        outside = judge.outsiders
        return _encode(
            _Answer(
                verdicts,
                judge.grounds.to_bytes(chunk),
                {path: found for path, found in outside.seen.items() if path not in seen},
                {content: fresh for content, fresh in outside.pack.fresh.items() if content not in facts},
                trace.words - words,
            )
        )

    weights = {path: _weight(judge.project.files.get(path)) for path in paths}
    chunks = list(_chunks(files, weights, jobs))
    for index, answer in shared(work, chunks, jobs):
        if answer is not None:
            yield _answer_decoder.decode(answer)
        else:
            failed = Verdict(troubles=(Trouble("the process that judged it died", True),))
            yield _Answer(dict.fromkeys(chunks[index], failed), b"", {}, {}, set())


def _weight(facts: Facts | None) -> int:
    """How long a file takes to judge, about: as long as what it says."""
    return len(facts.module) + len(facts.code) if isinstance(facts, PythonFile) else 0


def _chunks(files: Mapping[str, Entry], weights: Mapping[str, int], jobs: int) -> Iterator[Sequence[str]]:
    """Templates stay together and come first: what a base template is given is worked out from all that extend it, and no
    two processes should do that. All else in shares of about equal weight, neighbours together."""
    templates = [path for path in weights if files[path].kind == "template"]
    if templates:
        yield templates
    most = sum(weights.values()) / (jobs * CHUNKS_PER_JOB)
    chunk: list[str] = []
    total = 0
    for path, weight in weights.items():
        if files[path].kind == "template":
            continue
        chunk.append(path)
        total += weight
        if total > most:
            yield chunk
            chunk, total = [], 0
    if chunk:
        yield chunk
