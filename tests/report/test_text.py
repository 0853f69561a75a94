"""The text report: the exact range, whatever stands in the line."""

from typing import Any

import pytest
from msgspec.structs import replace

from linter.finding import Finding
from linter.report import Style, render
from linter.report.lines import expand, printable, width
from linter.run import Result, Statistics

Make = Any

PLAIN = Style(summary=False, base="/project")


def shown(result: Result, **style: Any) -> str:
    return render("text", result, replace(PLAIN, **style))


def lines_of(result: Result, **style: Any) -> list[str]:
    """The source lines and their underlines."""
    return [line for line in shown(result, **style).splitlines() if " | " in line]


def test_everything_a_finding_can_have(full: Result) -> None:
    assert shown(full) == (
        "error[unused-suppression]: `x` is y\n"
        " --> app/models.py:2:11\n"
        "  |\n"
        "1 | a = 1\n"
        "2 | b = '日本', x\n"
        "  |             ^\n"
        "  = a b/ü.py:7:1: defined␊here\n"
        "  = at run time: OSError: 100 %, no: more\n"
        "  = help: write `y`  (unsafe, --unsafe-fixes)\n"
        "\n"
    )


def test_tabs(make: Make) -> None:
    assert lines_of(make("\tx\ty = 1\n", 1, 3, 1, 4)) == ["1 |     x   y = 1", "  |         ^"]


def test_wide_and_combining_characters(make: Make) -> None:
    assert lines_of(make("日e\u0301 = x\n", 1, 6, 1, 7)) == ["1 | 日e\u0301 = x", "  |       ^"]
    assert lines_of(make("x = '日本'\n", 1, 4, 1, 8)) == ["1 | x = '日本'", "  |     ^^^^^^"]


def test_what_would_steer_the_terminal_is_shown_and_not_sent(make: Make) -> None:
    text = shown(make("x = '\x1b[31m\u202e'\n", 1, 0, 1, 1, message="\x1b]0;title\x07", path="a\x1b[2J.py"))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "1 | x = '␛[31m\ufffd'" in text


def test_a_range_of_several_lines(make: Make) -> None:
    text = "def f():\n    g(\n        a,\n    )\n"
    assert lines_of(make(text, 2, 4, 4, 5)) == [
        "1 | def f():", "2 |     g(", "  |     ^^", "3 |         a,", "  |         ^^", "4 |     )", "  |     ^",
    ]  # fmt: skip


def test_a_long_range_is_cut(make: Make) -> None:
    shown = lines_of(make("x\n" * 400, 100, 0, 300, 1))
    assert shown[0] == " 98 | x"
    assert shown[-1] == "    | …"
    assert len(shown) == 15


def test_an_empty_range_has_a_caret(make: Make) -> None:
    assert lines_of(make("abc\n", 1, 1, 1, 1)) == ["1 | abc", "  |  ^"]
    assert lines_of(make("abc", 1, 3, 1, 3)) == ["1 | abc", "  |    ^"]


def test_blank_lines_above_are_no_context(make: Make) -> None:
    assert lines_of(make("\n\nabc\n", 3, 0, 3, 3)) == ["3 | abc", "  | ^^^"]


@pytest.mark.parametrize("column", [0, 50, 2_000_000, 4_999_990])
def test_a_line_longer_than_the_screen_shows_the_part_that_matters(make: Make, column: int) -> None:
    text = "x" * column + "HERE" + "x" * (4_999_996 - column)
    source, carets = lines_of(make(text, 1, column, 1, column + 4), width=80)
    start = carets.index("^")
    assert source[start : start + 4] == "HERE"
    assert carets.count("^") == 4
    assert width(source) <= 82


def test_wide_characters_fill_the_screen_sooner(make: Make) -> None:
    source, _ = lines_of(make("日" * 200, 1, 150, 1, 151), width=60)
    assert width(source) <= 62


def test_a_file_that_is_gone_still_has_its_finding(make: Make) -> None:
    def gone(path: str) -> Any:
        raise FileNotFoundError(path)

    assert " | " not in shown(replace(make("x", 1, 0, 1, 1), read=gone))
    assert "app/models.py:1:1" in shown(replace(make("x", 1, 0, 1, 1), read=gone))
    assert "app/models.py:9:1" in shown(make("x\n", 9, 0, 9, 1))  # it has become shorter meanwhile


def test_colors_change_nothing_but_colors(full: Result) -> None:
    import re

    assert re.sub("\x1b\\[[0-9;]*m", "", shown(full, color=True)) == shown(full)
    assert "\x1b[1;31merror[unused-suppression]\x1b[0m" in shown(full, color=True)


def test_the_summary(make: Make) -> None:
    one = make("x", 1, 0, 1, 1)
    finding: Finding = one.findings[0]
    import msgspec

    def with_(**changes: Any) -> Finding:
        return msgspec.structs.replace(finding, **changes)

    def summary(*findings: Finding, **style: Any) -> str:
        statistics = Statistics(1212, 439, 0.42, {"lookups": (97, 100), "template paths": (7, 8), "tables": (0, 0)})
        result = replace(one, findings=list(findings), statistics=statistics)
        return render("concise", result, replace(PLAIN, summary=True, **style)).splitlines()[-1]

    read = "1,212 Python files and 439 templates read"
    assert summary() == f"no findings. {read} in 0.4 s."
    assert summary(finding) == f"1 error in 1 file. {read} in 0.4 s."
    assert summary(finding, finding, with_(severity="warning")) == f"2 errors, 1 warning in 1 file. {read} in 0.4 s."
    decided = f"{read}, 97 % of lookups and 88 % of template paths decided, in 0.4 s."
    assert summary(statistics=True) == f"no findings. {decided}"


def test_the_summary_says_what_can_be_repaired(full: Result) -> None:
    text = render("concise", full, replace(PLAIN, summary=True))
    assert "1 error in 1 file, 1 fixable with --unsafe-fixes. " in text


def test_screen_columns() -> None:
    assert width("ab日e\u0301") == 5
    assert expand("a\tb\t日\tc") == "a   b   日  c"
    assert printable("a\nb\x7f") == "a␊b␡"
