"""Which rules there are, and which of them run."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter import registry
from linter.check import Check
from linter.registry import Layer, UnknownRule, select

GROUP = {"invalid-suppression", "unknown-suppression", "unused-suppression"}

PLUGIN = """\
from linter.check import Check

class Quiet(Check):
    summary = "an opinion"
    severity = "info"
    aliases = ("old-quiet",)

    def check(self, project, path):
        return ()
"""


def test_every_file_below_checks_is_a_check() -> None:
    files = [f for f in (Path(registry.__file__).parents[1] / "checks").glob("*/*.py") if f.stem[0] != "_"]
    names = {file.stem.replace("_", "-"): file.parent.name.replace("_", "-") for file in files}
    assert names.items() <= {name: entry.group for name, entry in registry.entries().items()}.items()


@pytest.mark.parametrize("name", registry.entries())
def test_a_rule_is_complete(name: str) -> None:
    rule = registry.load(name)
    assert rule.name == name
    assert rule.severity in ("error", "warning", "info")
    assert "\n" not in rule.summary
    assert not rule.summary.endswith(".")
    assert rule.summary[0] not in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert "## Bad" in rule.documentation()
    assert "## Good" in rule.documentation()
    assert "## Silent when" in rule.documentation()
    assert "## Fix" in rule.documentation() or not rule.fixable


def names(*layers: Layer) -> set[str]:
    return set(select(layers).names)


def test_all_rules_run_where_nothing_is_said() -> None:
    assert names(Layer()) == set(registry.entries())


def test_select_starts_afresh() -> None:
    assert names(Layer(("suppressions",))) == GROUP
    assert names(Layer(ignore=("suppressions",)), Layer(("unused-suppression",))) == {"unused-suppression"}


def test_extend_select_adds_and_ignore_takes_away() -> None:
    assert names(Layer(()), Layer(None, ("unused-suppression",))) == {"unused-suppression"}
    assert names(Layer(("suppressions",)), Layer(ignore=("unused-suppression",))) == GROUP - {"unused-suppression"}
    assert not names(Layer(("suppressions",)), Layer(ignore=("suppressions",)))


def test_a_name_counts_for_more_than_its_group() -> None:
    assert names(Layer(("unused-suppression",), ignore=("suppressions",))) == {"unused-suppression"}
    assert names(Layer(("suppressions",), ignore=("unused-suppression",))) == GROUP - {"unused-suppression"}
    assert not names(Layer(("unused-suppression",), ignore=("unused-suppression",)))


def test_what_was_asked_for() -> None:
    assert select([Layer()]).explicit == set()
    assert select([Layer(("suppressions",))]).explicit == GROUP
    assert select([Layer(("suppressions",)), Layer(())]).explicit == set()


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(UnknownRule, match="no check or group `unused-supression`; did you mean `unused-suppression`"):
        select([Layer(("unused-supression",))])


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "acme_quiet.py").write_text(PLUGIN)
    (tmp_path / "acme-2.dist-info").mkdir()
    lines = ["[other]", "a = b", "[ormlint.checks]", "# a comment", "mine/quiet = acme_quiet:Quiet", "", "[x]", "c = d"]
    (tmp_path / "acme-2.dist-info" / "entry_points.txt").write_text("\n".join(lines))
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    registry.entries.cache_clear()
    yield
    registry.entries.cache_clear()


@pytest.mark.usefixtures("plugin")
def test_checks_of_other_packages() -> None:
    entry = registry.entries()["quiet"]
    assert (entry.group, entry.module, entry.attribute) == ("mine", "acme_quiet", "Quiet")
    assert "acme_quiet" not in sys.modules  # listed, not imported
    rule = registry.load("quiet")
    assert issubclass(rule, Check)
    assert (rule.name, rule.group) == ("quiet", "mine")


@pytest.mark.usefixtures("plugin")
def test_a_renamed_check_keeps_its_old_name() -> None:
    assert names(Layer(("old-quiet",))) == {"quiet"}


@pytest.mark.usefixtures("plugin")
def test_an_opinion_runs_only_where_it_is_asked_for() -> None:
    assert "quiet" not in registry.active(select([Layer()]))
    assert "quiet" in registry.active(select([Layer(None, ("mine",))]))
    assert [type(check).__name__ for check in registry.checks(registry.active(select([Layer(("quiet",))])))] == [
        "Quiet"
    ]
