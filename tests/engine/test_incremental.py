"""A warm run finds what a run from scratch finds, whatever was edited in between."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from linter import registry
from linter.check import Check
from linter.config import Config
from linter.discover import Stat
from linter.facts import syntax as s
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.trace import memo
from linter.project.units import FunctionSymbol, walk
from linter.record import Record
from linter.registry import Selection, entries
from linter.run import Options, Result, run

INCIDENTS = Path(__file__).parent.parent / "testdata" / "incidents"


# --- three checks that look at other files in every way there is: at modules, at bodies, at places -----------------------


class _Raises:
    """Which functions raise, themselves or by calling one that does. Remembered, as the real index remembers."""

    def __init__(self, project: Project) -> None:
        self.project = project

    @memo
    def raises(self, symbol: FunctionSymbol) -> bool:
        statements = [node for node, _ in walk(symbol.unit.body(symbol.node).statements)]
        return any(isinstance(node, s.Jump) and node.kind == "raise" for node in statements)

    @memo
    def called(self, symbol: FunctionSymbol) -> list[FunctionSymbol]:
        found = []
        for node, _ in walk(symbol.unit.body(symbol.node).statements):
            if isinstance(node, s.ExprStmt) and isinstance(node.value, s.Call):
                function = self.project.names.follow(self.project.names.resolve(symbol.unit, node.value.func))
                found += [function] if isinstance(function, FunctionSymbol) else []
        return found

    def first(self, symbol: FunctionSymbol, depth: int) -> FunctionSymbol | None:
        if self.raises(symbol):
            return symbol
        for called in self.called(symbol) if depth else []:
            if found := self.first(called, depth - 1):
                return found
        return None


class RaisingFunction(Check):
    """A function that raises, perhaps through others."""

    name, group, summary, severity = "raising-function", "probes", "", "warning"

    def check(self, project: Project, path: str) -> Iterable[Finding]:
        raises: _Raises = project.__dict__.setdefault("_probe", _Raises(project))
        unit = project.unit(path)
        assert unit is not None
        for function in project.functions(unit):
            found = raises.first(function, 4)
            if found is not None:
                place = project.place(found.unit.path, found.span)
                related = [Related(place, "it raises")] if found != function else []
                yield self.finding(project.place(path, function.span), found.qualname, related=related)


class TwinClass(Check):
    """A class that another module defines under the same name."""

    name, group, summary, severity = "twin-class", "probes", "", "warning"

    def check(self, project: Project, path: str) -> Iterable[Finding]:
        unit = project.unit(path)
        assert unit is not None
        for cls in project.names.classes(unit):
            for other in project.units():
                if other is not unit and cls.name in other.names:
                    yield self.finding(project.class_place(cls), other.path)


class LoudProject(Check):
    """Bodies somewhere that hold a word, told without a look into any."""

    name, group, summary, severity = "loud-project", "probes", "", "warning"

    def check(self, project: Project, path: str) -> Iterable[Finding]:
        loud = [f"{unit.path} {bodies}" for unit in project.units() if (bodies := unit.bodies_with(["ValueError"]))]
        twice = [unit.path for unit in project.units() if unit.mentions("raise", 2)]
        if loud or twice:
            yield self.finding(project.first_line(path), f"{loud} {twice}")


class UndocumentedSetting(Check):
    """A name in a text file that no module defines."""

    name, group, summary, severity = "unpinned", "probes", "", "warning"
    kinds = frozenset({"requirements"})

    def check(self, project: Project, path: str) -> Iterable[Finding]:
        names = {name for unit in project.units() for name in unit.names}
        source = project.source(path)
        for word in sorted(set((project.text(path) or "").split()) - names):
            at = source.data.find(word.encode())
            yield self.finding(project.place(path, s.span_at((at, at + len(word.encode())), 0)), word)


PROBES: list[Check] = [RaisingFunction(), TwinClass(), UndocumentedSetting()]

PROJECT = {
    "manage.py": "",
    "requirements.txt": "helper Model missing\n",
    "app/__init__.py": "",
    "app/base.py": "class Model:\n    def save(self):\n        pass\n\ndef fail():\n    raise ValueError\n\ndef fine():\n    pass\n",
    "app/middle.py": "from app.base import fail, fine\n\ndef helper():\n    fail()\n\ndef other():\n    fine()\n",
    "app/views.py": "from app import middle\n\ndef view():\n    middle.helper()\n\ndef quiet():\n    middle.other()\n",
    "app/models.py": "from app.base import *\n\nclass User(Model):\n    pass\n\ndef loop():\n    loop()\n    view_two()\n",
    "app/twins.py": "class User:\n    x = 1  # ormlint: ignore[twin-class] \u00e4\n\nclass Other:\n    pass\n",
}


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def options(root: Path, cache: Path | None, jobs: int = 1) -> Options:
    names = tuple(check.name for check in PROBES) if registry.kinds.__name__ != "kinds" else tuple(entries())
    return Options(root, Config(root), Selection(names), jobs=jobs, cache_dir=cache)


def only(monkeypatch: pytest.MonkeyPatch, *checks: Check) -> None:
    """Have these checks run, whichever are selected."""
    by_name = {check.name: check for check in checks}
    monkeypatch.setattr(registry, "checks", lambda names: [by_name[name] for name in names])
    monkeypatch.setattr(registry, "kinds", lambda selection: {c.name: tuple(sorted(c.kinds)) for c in checks})


@pytest.fixture
def probes(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, *PROBES)


def said(result: Result) -> tuple[list[Finding], list[object]]:
    return result.findings, sorted(result.problems, key=repr)  # type: ignore[return-value]


# --- edits ---------------------------------------------------------------------------------------------------------------

LINES = st.sampled_from([
    "raise ValueError", "pass", "fail()", "fine()", "helper()", "middle.helper()", "x = 1", "# a comment", "",
    "def added():", "    raise KeyError", "    fail()", "class User:", "class Added(Model):", "from app.base import *",
    "from app.middle import other as fail", "missing", "helper", "# ormlint: ignore[raising-function]", "{{ user.x }}",
])  # fmt: skip


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, int, int, str]:
    kind = draw(st.sampled_from(["insert", "insert", "replace", "delete", "swap", "remove", "add", "touch", "rewrite"]))
    return kind, draw(st.integers(0, 10_000)), draw(st.integers(0, 10_000)), draw(LINES)


def apply(root: Path, edit: tuple[str, int, int, str]) -> None:
    kind, which, where, line = edit
    files = sorted(p for p in root.rglob("*") if p.suffix in (".py", ".txt", ".html"))
    if not files:
        return
    file = files[which % len(files)]
    lines = file.read_text().splitlines()
    at = where % (len(lines) + 1)
    indent = lines[at - 1][: len(lines[at - 1]) - len(lines[at - 1].lstrip())] if at else ""
    if kind == "insert":
        lines.insert(at, indent + line)
    elif kind in ("replace", "swap") and at < len(lines):
        lines[at] = indent + line if kind == "replace" else lines[at - 1]
    elif kind == "delete" and at < len(lines):
        del lines[at]
    elif kind == "remove":
        file.unlink()
        return
    elif kind == "add":
        (file.parent / f"added_{where % 3}.py").write_text(file.read_text())
        return
    elif kind == "touch":
        os.utime(file)
        return
    elif kind == "rewrite":
        # An editor that writes a new file in the old one's place, with the old one's time.
        before = file.stat()
        (file.parent / "new").write_text("\n".join([*lines, line]))
        os.utime(file.parent / "new", ns=(before.st_atime_ns, before.st_mtime_ns))
        os.replace(file.parent / "new", file)
        return
    file.write_text("\n".join(lines) + "\n")


@pytest.fixture
def every_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, *PROBES, LoudProject())


@pytest.mark.usefixtures("every_probe")
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(edits(), min_size=1, max_size=3), min_size=1, max_size=4))
def test_probes_find_the_same_warm_and_cold(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[list[tuple[str, int, int, str]]]
) -> None:
    root, cache = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("cache")
    write(root, PROJECT)
    assert said(run(options(root, cache))) == said(run(options(root, None)))
    for round_ in rounds:
        for edit in round_:
            apply(root, edit)
        assert said(run(options(root, cache))) == said(run(options(root, None)))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["django_site", "fastapi_service"]), st.lists(edits(), min_size=1, max_size=4))
def test_the_real_checks_find_the_same_warm_and_cold(
    tmp_path_factory: pytest.TempPathFactory, project: str, changes: list[tuple[str, int, int, str]]
) -> None:
    root, cache = tmp_path_factory.mktemp("projects") / project, tmp_path_factory.mktemp("cache")
    shutil.copytree(INCIDENTS / project / "before", root)
    run(options(root, cache))
    for change in changes:
        apply(root, change)
        assert said(run(options(root, cache))) == said(run(options(root, None)))


def test_a_stamp_is_trusted_only_when_nothing_can_have_happened_under_it() -> None:
    now = 1_700_000_000_123_456_789
    record = Record(started=now)
    assert record.can_trust(Stat(0, now - 60_000_000, 1, 1))
    assert not record.can_trust(Stat(0, now - 40_000_000, 1, 1))
    assert not record.can_trust(Stat(0, now + 1, 1, 1))
    whole_second = now - now % 1_000_000_000
    assert not record.can_trust(Stat(0, whole_second - 1_000_000_000, 1, 1))
    assert record.can_trust(Stat(0, whole_second - 3_000_000_000, 1, 1))
    assert not Record().can_trust(Stat(0, 5, 1, 1))


# --- what is judged again, and what is not --------------------------------------------------------------------------------


class _Counting(Check):
    """Says which files were judged."""

    name, group, summary, severity = "counting", "probes", "", "warning"

    def __init__(self, checks: list[Check]) -> None:
        self.checks = checks
        self.asked: list[str] = []

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        self.asked.append(path)
        for check in self.checks:
            yield from check.check(project, path)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    counting = _Counting([RaisingFunction(), TwinClass()])
    only(monkeypatch, counting)
    return counting.asked


def judged_after(root: Path, cache: Path, asked: list[str], path: str, old: str, new: str) -> list[str]:
    write(root, PROJECT)
    run(options(root, cache))
    text = (root / path).read_text()
    assert old in text
    (root / path).write_text(text.replace(old, new))
    asked.clear()
    run(options(root, cache))
    return sorted(asked)


def test_an_edit_in_a_body_judges_the_file_and_those_that_looked_into_it(tmp_path: Path, asked: list[str]) -> None:
    edit = ("app/base.py", "raise ValueError", "raise KeyError")
    judged = judged_after(tmp_path / "project", tmp_path / "cache", asked, *edit)
    assert judged == ["app/base.py", "app/middle.py", "app/views.py"]


@pytest.mark.parametrize(
    ("new", "all_are_judged"), [("raise KeyError", True), ("fail('ValueError')", True), ("raise ValueError(1)", False)]
)
def test_an_edit_that_changes_which_words_a_file_holds_judges_those_that_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new: str, all_are_judged: bool
) -> None:
    counting = _Counting([LoudProject()])
    only(monkeypatch, counting)
    edit = ("app/base.py", "raise ValueError", new)
    judged = judged_after(tmp_path / "project", tmp_path / "cache", counting.asked, *edit)
    every = sorted(path for path in PROJECT if path.endswith(".py"))
    assert judged == (every if all_are_judged else ["app/base.py"])


class TemplateNames(Check):
    """The names that a template's parents ask for, asked of templates only."""

    name, group, summary, severity = "template-names", "probes", "", "warning"
    kinds = frozenset({"python", "template"})

    def check(self, project: Project, path: str) -> Iterable[Finding]:
        for parent in project.templates.graph.parents(path) if path.endswith(".html") else ():
            yield self.finding(project.first_line(path), str(sorted(project.templates.mentions(parent))))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{{ a }}", "{{ b }}", ["app/templates/base.html", "app/templates/page.html"]),
        ("{{ a }}", "{{ a }}{% include 'lone.html' %}", None),
    ],
)
def test_an_edit_of_a_template_judges_those_that_read_it_and_all_when_it_shows_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, expected: list[str] | None
) -> None:
    counting = _Counting([TemplateNames()])
    counting.kinds = TemplateNames.kinds  # type: ignore[misc]
    only(monkeypatch, counting)
    root = tmp_path / "project"
    write(root, {
        "app/templates/base.html": "{{ a }}{% block x %}{% endblock %}",
        "app/templates/page.html": "{% extends 'base.html' %}",
        "app/templates/lone.html": "{{ x }}",
    })  # fmt: skip
    judged = judged_after(root, tmp_path / "cache", counting.asked, "app/templates/base.html", old, new)
    everything = sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.suffix in (".py", ".html"))
    assert judged == (everything if expected is None else expected)


def test_an_edit_that_moves_places_judges_those_that_name_one(tmp_path: Path, asked: list[str]) -> None:
    edit = ("app/views.py", "from app", "# comment\nfrom app")
    assert judged_after(tmp_path / "project", tmp_path / "cache", asked, *edit) == ["app/views.py"]


def test_an_edit_of_an_interface_judges_everything(tmp_path: Path, asked: list[str]) -> None:
    edit = ("app/base.py", "def fine", "def refined")
    judged = judged_after(tmp_path / "project", tmp_path / "cache", asked, *edit)
    assert judged == sorted(path for path in PROJECT if path.endswith(".py"))


def test_files_that_are_not_asked_for_keep_what_stands_of_them(tmp_path: Path, asked: list[str]) -> None:
    root = tmp_path / "project"
    write(root, PROJECT)
    one = replace(options(root, tmp_path / "cache"), paths=("app/views.py",))
    assert {f.path for f in run(one).findings} == {"app/views.py"}
    assert asked == ["app/views.py"]
    asked.clear()
    run(options(root, tmp_path / "cache"))
    assert "app/views.py" not in asked
    assert len(asked) == len([path for path in PROJECT if path.endswith(".py")]) - 1


@pytest.mark.usefixtures("probes")
def test_an_overlay_is_judged_and_leaves_no_trace(tmp_path: Path) -> None:
    root = tmp_path / "project"
    write(root, PROJECT)
    base = options(root, tmp_path / "cache")
    before = run(base)
    text = PROJECT["app/views.py"].replace("middle.helper()", "pass").encode()
    overlay = replace(base, paths=("app/views.py",), overlay={"app/views.py": text})
    assert run(overlay).findings == []
    assert [f.path for f in before.findings if f.path == "app/views.py"] == ["app/views.py"]
    assert run(base).findings == before.findings
    fresh = replace(base, paths=("app/fresh.py",), overlay={"app/fresh.py": b"def x():\n    raise ValueError\n"})
    assert [f.path for f in run(fresh).findings] == ["app/fresh.py"]


@pytest.mark.usefixtures("probes")
def test_affected_files_are_those_that_name_or_consult_a_given_one(tmp_path: Path) -> None:
    root = tmp_path / "project"
    write(root, PROJECT)
    base = replace(options(root, None), affected=True)
    assert {f.path for f in run(replace(base, paths=("app/base.py",))).findings} == {
        "app/base.py", "app/middle.py", "app/views.py",
    }  # fmt: skip
    assert {f.path for f in run(replace(base, paths=("app/views.py",))).findings} == {"app/views.py"}


@pytest.mark.usefixtures("probes")
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_number_of_processes_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    monkeypatch.setattr("linter.judging.FEW", 0)
    monkeypatch.setattr("linter.reading.ALONE", 0)
    monkeypatch.setattr("linter.reading.CHUNK", 100)
    write(tmp_path, PROJECT)
    assert said(run(options(tmp_path, None, jobs))) == said(run(options(tmp_path, None)))


@pytest.mark.usefixtures("probes")
def test_where_there_is_no_fork_files_are_read_by_fresh_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linter.workers.can_fork", lambda: False)
    monkeypatch.setattr("linter.judging.can_fork", lambda: False)
    monkeypatch.setattr("linter.reading.ALONE", 0)
    monkeypatch.setattr("linter.reading.CHUNK", 100)
    write(tmp_path, PROJECT)
    assert said(run(options(tmp_path, None, 2))) == said(run(options(tmp_path, None)))


class _Failing(Check):
    """Fails on one file."""

    name, group, summary, severity = "failing", "probes", "", "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if path == "app/middle.py":
            raise RecursionError("deep")
        yield from TwinClass().check(project, path)


def test_a_check_that_fails_on_a_file_is_said_each_time_and_costs_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, _Failing(), RaisingFunction())
    write(tmp_path / "project", PROJECT)
    for _ in range(2):
        result = run(options(tmp_path / "project", tmp_path / "cache"))
        assert [(p.path, p.internal) for p in result.problems] == [("app/middle.py", True)]
        assert "RecursionError: deep" in result.problems[0].message
        assert {f.path for f in result.findings} >= {"app/middle.py", "app/models.py", "app/base.py"}
