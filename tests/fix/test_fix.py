"""Repairs: which edits are made together, what is refused, and how files are written."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.discover import kind_of
from linter.finding import Edit, Finding, Fix, Place
from linter.fix import Repair, diff, repair, write
from linter.source import Source, decode
from linter.span import Span

WORD = re.compile(rb"bad_(\w+?)_to_(\w+)")


class World:
    """Files in memory, with a rule that finds every `bad_NAME_to_WORD` and repairs it as WORD says."""

    def __init__(self, **files: bytes) -> None:
        self.files = {f"{name}.py": raw for name, raw in files.items()}

    def read(self, path: str) -> Source:
        return decode(path, self.files[path])

    def judge(self, overlay: Mapping[str, bytes]) -> list[Finding]:
        found = []
        for path, raw in {**self.files, **overlay}.items():
            source = decode(path, raw)
            for match in WORD.finditer(source.data):
                place = Place(path, source.lines.range(Span(*match.span())))
                found.append(Finding("rule", "group", "error", place, "bad", fix=self.fix(source, place, match)))
        return found

    def fix(self, source: Source, place: Place, match: re.Match[bytes]) -> Fix:
        to = match[2].decode()
        edits = [Edit(place, {"broken": "((", "again": f"bad_{match[1].decode()}2_to_again"}.get(to, to))]
        if to == "import":  # two edits, one of which every such fix has
            start = Place(source.path, source.lines.range(Span(0, 0)))
            edits = [Edit(start, "import x\n"), Edit(place, "good")]
        if to == "both":  # edits in two files
            other = self.read("b.py")
            edits = [
                Edit(place, "good"),
                Edit(Place("b.py", other.lines.range(Span(0, 1))), "(" if b"break" in other.data else "B"),
            ]
        return Fix(to != "unsafe", tuple(edits))

    def repaired(self, unsafe: bool = False) -> Repair:
        return repair(self.judge({}), self.read, self.judge, kind_of, unsafe)

    def after(self, **options: bool) -> dict[str, bytes]:
        done = self.repaired(**options)
        return {path: self.read(path).encode(text) for path, text in done.texts.items()}


def test_all_fixes_of_a_file_are_made_together() -> None:
    world = World(a=b"x = bad_a_to_one + bad_b_to_two\ny = bad_c_to_three\n")
    assert world.after() == {"a.py": b"x = one + two\ny = three\n"}


def test_unsafe_ones_only_where_wanted() -> None:
    world = World(a=b"bad_a_to_unsafe\nbad_b_to_ok\n")
    assert world.after() == {"a.py": b"bad_a_to_unsafe\nok\n"}
    assert world.after(unsafe=True) == {"a.py": b"unsafe\nok\n"}


def test_a_shared_edit_is_made_once() -> None:
    world = World(a=b"bad_a_to_import\nbad_b_to_import\n")
    assert world.after() == {"a.py": b"import x\ngood\ngood\n"}


def test_what_no_longer_parses_is_refused_and_the_rest_is_made() -> None:
    done = World(a=b"bad_a_to_broken\nbad_b_to_ok\n").repaired()
    assert done.texts == {"a.py": "bad_a_to_broken\nok\n"}
    assert [(r.finding.place.range.line, r.reason) for r in done.refused] == [(1, "a.py would no longer parse")]


def test_what_does_not_help_is_refused_and_the_rest_is_made() -> None:
    done = World(a=b"bad_a_to_again\nbad_b_to_ok\n").repaired()
    assert done.texts == {"a.py": "bad_a_to_again\nok\n"}
    assert [r.reason for r in done.refused] == ["the finding would still be there"]
    assert [f.place.range.line for f in done.findings] == [1]


def test_a_fix_in_two_files_is_made_in_both_or_in_none() -> None:
    assert World(a=b"bad_a_to_both\n", b=b"b = 1\n").after() == {"a.py": b"good\n", "b.py": b"B = 1\n"}
    assert World(a=b"bad_a_to_both\n", b=b"b = break_\n").after() == {}


def test_a_fix_that_uncovers_another_mistake() -> None:
    world = World(a=b"bad_a_to_bad_b_to_ok\n")
    assert world.after() == {}  # the same rule still speaks of the place


def test_a_character_that_the_file_cannot_hold() -> None:
    world = World(a=b"# coding: latin-1\nbad_a_to_ok\n")
    world.fix = lambda source, place, match: Fix(True, (Edit(place, "日"),))  # type: ignore[method-assign]
    assert [r.reason for r in world.repaired().refused] == ["a.py is iso-8859-1 and cannot hold it"]


def test_line_ends_of_the_file_are_kept() -> None:
    assert World(a=b"x = 1\r\nbad_a_to_import\r\n").after() == {"a.py": b"import x\r\nx = 1\r\ngood\r\n"}


def test_edits_that_overlap_each_other_are_refused() -> None:
    world = World(a=b"bad_a_to_ok\n")
    world.fix = lambda source, place, match: Fix(True, (Edit(place, "x"), Edit(place, "y")))  # type: ignore[method-assign]
    assert [r.reason for r in world.repaired().refused] == ["its edits overlap each other"]


LINES = st.sampled_from(
    [
        "bad_a_to_ok",
        "bad_b_to_unsafe",
        "bad_c_to_broken",
        "bad_d_to_again",
        "bad_e_to_import",
        "x = 'é日' # c",
        "",
        "\x0c",
    ]
)


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_whatever_is_repaired_is_repaired_for_good(lines: list[str], end: str, bom: bool, unsafe: bool) -> None:
    text = end.join([*lines, ""])
    world = World(a=text.encode("utf-8-sig" if bom else "utf-8"))
    done = world.repaired(unsafe)
    after = world.read("a.py").encode(done.texts.get("a.py", text))
    assert after.startswith(b"\xef\xbb\xbf") == bom
    left = {"bad_c_to_broken", "bad_d_to_again"} | (set() if unsafe else {"bad_b_to_unsafe"})
    kept = after.decode("utf-8-sig").split(end)
    made = {"bad_a_to_ok": "ok", "bad_b_to_unsafe": "unsafe", "bad_e_to_import": "good"}
    expected = [line if line in left else made.get(line, line) for line in [*lines, ""]]
    assert kept == (["import x"] if "bad_e_to_import" in lines else []) + expected
    again = World(a=after)
    assert again.repaired(unsafe).texts == {}


# --- writing -----------------------------------------------------------------------------------------------------------


def repaired_file(root: Path, text: bytes = b"bad_a_to_ok\n") -> Repair:
    (root / "a.py").write_bytes(text)
    return World(a=text).repaired()


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    done = repaired_file(tmp_path)
    before = (tmp_path / "a.py").stat().st_ino
    assert write(tmp_path, done, since=2e10) == []
    assert (tmp_path / "a.py").read_bytes() == b"ok\n"
    assert (tmp_path / "a.py").stat().st_ino != before


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    done = repaired_file(tmp_path)
    (tmp_path / "a.py").write_text("bad_a_to_ok  # edited\n")
    reason = "is left as it was: it changed while ormlint was running"
    assert write(tmp_path, done, since=2e10) == [("a.py", reason)]
    (tmp_path / "a.py").write_text("bad_a_to_ok\n")
    assert write(tmp_path, done, since=1.0) == [("a.py", reason)]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = repaired_file(tmp_path)

    def fail(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    assert write(tmp_path, done, since=2e10) == [("a.py", "is left as it was: No space left on device")]
    assert os.listdir(tmp_path) == ["a.py"]
    assert (tmp_path / "a.py").read_bytes() == b"bad_a_to_ok\n"


def test_an_interrupt_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = repaired_file(tmp_path)

    def interrupt(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, done, since=2e10)
    assert os.listdir(tmp_path) == ["a.py"]
    assert (tmp_path / "a.py").read_bytes() == b"bad_a_to_ok\n"


def test_the_diff_of_a_file_without_a_last_line_end(tmp_path: Path) -> None:
    assert diff(repaired_file(tmp_path, b"x\nbad_a_to_ok")) == (
        "--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n x\n-bad_a_to_ok\n\\ No newline at end of file\n"
        "+ok\n\\ No newline at end of file\n"
    )
