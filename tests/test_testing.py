"""The harness of annotated testdata: it must notice what it is there to notice."""

from pathlib import Path

import pytest

from linter.check import Rule
from linter.testing import Mark, case_failures, documentation_failures, split_marks

# A finding that needs no framework, with a safe fix.
LINE = "x = 1  # ormlint: ignore[unknown-suppression]\n"
MARK = "#                        ^^^^^^^^^^^^^^^^^^^ unused-suppression\n"


def failures(root: Path, **files: str) -> list[str]:
    for name, text in files.items():
        (root / name.replace("_", ".")).write_text(text)
    return list(case_failures(root))


def test_marks_are_taken_out_and_read() -> None:
    text = "a = b\n#   ^ one-rule, other-rule\n# ^^ comment\nc\r\n#^^^ first-rule\r\nlast"
    assert split_marks("a.py", text) == (
        "a = b\nc\r\nlast",
        {
            Mark("a.py", 1, 4, 5, "one-rule"),
            Mark("a.py", 1, 4, 5, "other-rule"),
            Mark("a.py", 1, 2, 4, "comment"),
            Mark("a.py", 2, 0, 4, "first-rule"),
        },
    )
    assert split_marks("a.html", "{{ a.b }}\n{# ^^^ x-rule #}\n<# ^ y-rule #>\n") == (
        "{{ a.b }}\n",
        {Mark("a.html", 1, 3, 6, "x-rule"), Mark("a.html", 1, 3, 4, "y-rule")},
    )


@pytest.mark.parametrize("line", ["# ^ 2 is no rule", "x = 1  # ^^^ a-rule", "#  x ^^ a-rule", "# ^^^"])
def test_other_comments_stay(line: str) -> None:
    assert split_marks("a.py", f"x\n{line}\n") == (f"x\n{line}\n", set())


def test_what_is_marked_and_found(tmp_path: Path) -> None:
    assert failures(tmp_path, a_py=LINE + MARK) == []


def test_what_is_found_and_not_marked(tmp_path: Path) -> None:
    (failure,) = failures(tmp_path, a_py=LINE)
    assert failure.startswith("must be silent: a.py:1:26-45 unused-suppression: ")


def test_what_is_marked_and_not_found(tmp_path: Path) -> None:
    assert failures(tmp_path, a_py="x = 1\n" + MARK) == ["not found: a.py:1:26-45 unused-suppression"]


def test_a_range_that_is_off_by_one(tmp_path: Path) -> None:
    assert len(failures(tmp_path, a_py=LINE + MARK.replace("^^ ", "^ "))) == 2


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "b.py").write_text("# coding: no-such\n")
    assert failures(tmp_path) == ["b.py: unknown encoding: no-such"]


def test_the_golden_repair(tmp_path: Path) -> None:
    assert failures(tmp_path, a_py=LINE + MARK, a_py_fixed="x = 1\n") == []
    (failure,) = failures(tmp_path, a_py_fixed="x = 2\n")
    assert failure.startswith("a.py is repaired differently: x = 1\n")
    (failure,) = failures(tmp_path, a_py_fixed="x = 1\n", b_py=LINE + MARK)
    assert failure.startswith("b.py is repaired and has no b.py.fixed beside it")


def rule(documentation: str, is_fixable: bool = True) -> type[Rule]:
    class Example(Rule):
        name = "unused-suppression"
        fixable = is_fixable

    Example.__doc__ = documentation
    return Example


BAD, GOOD = f"## Bad\n```python\n{LINE}```\n", "## Good\n```python\nx = 1\n```\n"


@pytest.mark.parametrize(
    ("documentation", "failure"),
    [
        (BAD + GOOD, ""),
        (BAD, "the documentation has no ## Bad or no ## Good example"),
        (f"## Bad\n```python\n{LINE}{LINE}```\n" + GOOD, "the bad example gives 2 findings, not one"),
        ("## Bad\n```python\nx = 1\n```\n" + GOOD, "the bad example gives 0 findings, not one"),
        (BAD + BAD.replace("Bad", "Good"), "the good example: app/models.py:1:26-45 unused-suppression"),
    ],
)
def test_examples(documentation: str, failure: str) -> None:
    found = list(documentation_failures(rule(documentation)))
    assert found == [] if not failure else found[0].startswith(failure)


def test_a_fix_must_be_announced() -> None:
    assert list(documentation_failures(rule(BAD + GOOD, is_fixable=False))) == [
        "a fix is offered by a check that does not say `fixable`"
    ]


def test_blocks_name_their_files() -> None:
    from linter.examples import example

    text = (
        "## Bad\n```python\n# file: a/b.py\nx\n```\nand\n```html\n{# file: t/c.html #}\n{{ y }}\n```\n```ini\nz\n```\n"
    )
    assert example(rule(text), "Bad") == {"a/b.py": "x\n", "t/c.html": "{{ y }}\n", "alembic.ini": "z\n"}
