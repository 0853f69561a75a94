"""Suppression comments: which finding they mean, and what is said about the comments themselves."""

import pytest

from linter import registry
from linter.facts.files import Kind
from linter.finding import Finding, Place
from linter.source import Source
from linter.span import Span
from linter.suppress import apply

# Any rule will do as the one that is suppressed: these are always there.
RULE = "invalid-suppression"
RAN = frozenset(registry.entries())


def judged(text: str, kind: Kind = "python", delimiters: tuple[str, str] = ("{#", "#}")) -> list[str]:
    """What is said of a text in which RULE finds every `HERE`; `RULE` in the text stands for its name."""
    source = Source("a.py", text.replace("RULE", RULE))
    found, at = [], source.data.find(b"HERE")
    while at >= 0:
        place = Place("a.py", source.lines.range(Span(at, at + 4)))
        found.append(Finding(RULE, "suppressions", "error", place, "here"))
        at = source.data.find(b"HERE", at + 1)
    return [
        f"{f.place.range.line} {f.rule if f.message != 'here' else 'here'}"
        for f in apply(source, kind, found, RAN, delimiters)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "HERE  # ormlint: ignore[RULE] reason",
        "HERE  #ormlint:ignore[RULE]",
        "HERE  # noqa: E501  # ormlint: ignore[RULE] reason  # type: ignore",
        "HERE  # ormlint: ignore[unused-suppression, RULE]".replace("unused-suppression, ", ""),
        "# ormlint: ignore[RULE] reason\nHERE",
        "# ormlint: ignore[RULE] reason\n# and more of it\nHERE",
        "f(\n    a,\n    HERE,\n    b,\n)  # ormlint: ignore[RULE]",
        "f(  # ormlint: ignore[RULE]\n    a,\n    HERE,\n)",
        "f(\n    a,\n    HERE,  # ormlint: ignore[RULE]\n)",
        "f(\n    a,\n    # ormlint: ignore[RULE]\n    HERE,\n)",
        "# ormlint: ignore[RULE]\nf(\n    a,\n    HERE,\n)",
        "# ormlint: ignore[RULE]\n@decorated\n@again\ndef HERE(): pass",
        "@decorated\n# ormlint: ignore[RULE]\ndef HERE(): pass",
        "@decorated\ndef HERE(  # ormlint: ignore[RULE]\n    a,\n): pass",
        "def HERE(\n    a,\n):  # ormlint: ignore[RULE]\n    pass",
        "if a:\n    pass\n# ormlint: ignore[RULE]\nelif HERE:\n    pass",
        "x = '''\n'''; HERE  # ormlint: ignore[RULE]",
        "# ormlint: ignore-file[RULE] reason\nx\ndef f():\n    HERE\n    HERE",
        "x\nHERE\n# ormlint: ignore-file[RULE]",
        "日本 = HERE  # ormlint: ignore[RULE] 日本",
        "HERE  # ormlint: ignore[RULE]\r\nx\r\n",
        "def f(:\n    HERE  # ormlint: ignore[RULE] half-typed\n",
    ],
)
def test_it_is_suppressed(text: str) -> None:
    assert judged(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("'# ormlint: ignore[RULE]'; HERE", ["1 here"]),
        ("'''\n# ormlint: ignore[RULE]\n'''\nHERE", ["4 here"]),
        ("# see ormlint: ignore[RULE]\nHERE", ["2 here"]),
        ("x  # ormlint: ignore[RULE]\nHERE", ["2 here", "1 unused-suppression"]),
        ("# ormlint: ignore[RULE]\n\nHERE", ["3 here", "1 unused-suppression"]),
        ("# ormlint: ignore[RULE]\nx\nHERE", ["3 here", "1 unused-suppression"]),
        ("# ormlint: ignore[RULE]\ndef f():\n    HERE", ["3 here", "1 unused-suppression"]),
        ("def f():  # ormlint: ignore[RULE]\n    HERE", ["2 here", "1 unused-suppression"]),
        ("HERE  # ormlint: ignore[unused-suppression]", ["1 here", "1 unused-suppression"]),
        ("HERE  # ormlint: ignore", ["1 here", "1 invalid-suppression"]),
        ("HERE  # ormlint: ignore[]", ["1 here", "1 invalid-suppression"]),
        ("HERE  # ormlint: disable[RULE]", ["1 here", "1 invalid-suppression"]),
        ("HERE  # ormlint:", ["1 here", "1 invalid-suppression"]),
        ("HERE  # ormlint: ignore[no-such]", ["1 here", "1 unknown-suppression"]),
        ("HERE  # ormlint: ignore[suppressions]", ["1 here", "1 unknown-suppression"]),
        ("HERE  # ormlint: ignore[RULE, unknown-suppression]", ["1 unused-suppression"]),
        ("x\n# ormlint: ignore-file[RULE]", ["2 unused-suppression"]),
    ],
)
def test_it_is_not(text: str, said: list[str]) -> None:
    assert judged(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ HERE }} {# ormlint: ignore[RULE] reason #}", []),
        ("{# ormlint: ignore[RULE] reason #}\n{{ HERE }}", []),
        ("{#- ormlint: ignore[RULE]\n  reason -#}\n{{ HERE }}", []),
        ("<p>\n{% if HERE %}\n{# ormlint: ignore-file[RULE] #}", []),
        ("{# ormlint: ignore[RULE] #}\n\n{{ HERE }}", ["3 here", "1 unused-suppression"]),
        ("{# a #}{# ormlint: ignore #}{{ HERE }}", ["1 here", "1 invalid-suppression"]),
        ("<!-- ormlint: ignore[RULE] -->{{ HERE }}", ["1 here"]),
        ("{% verbatim %}{# ormlint: ignore[RULE] #}{% endverbatim %}{{ HERE }}", ["1 here"]),
        ("{%- raw -%}\n{# ormlint: ignore[RULE] #}\n{% endraw %}{{ HERE }}", ["3 here"]),
        ("# ormlint: ignore[RULE]\n{{ HERE }}", ["2 here"]),
    ],
)
def test_templates(text: str, said: list[str]) -> None:
    assert judged(text, "template") == said


def test_a_templates_own_delimiters() -> None:
    assert judged("<< HERE >> <# ormlint: ignore[RULE] #>", "template", ("<#", "#>")) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("HERE==1  # ormlint: ignore[RULE] reason", []),
        ("# ormlint: ignore[RULE] reason\n# more\nHERE==1", []),
        ("x @ http://a/#ormlint:ignore[RULE]\nHERE", ["2 here"]),
        ("HERE\n# ormlint: ignore[RULE]\n", ["1 here", "2 unused-suppression"]),
    ],
)
def test_requirements_and_configuration(text: str, said: list[str]) -> None:
    assert judged(text, "requirements") == said


def test_only_rules_that_ran_are_judged() -> None:
    source = Source("a.py", "x  # ormlint: ignore[invalid-suppression]\n")
    assert apply(source, "python", [], RAN - {RULE}) == []
    assert apply(source, "python", [], RAN - {"unused-suppression"}) == []


def test_the_exact_places_and_messages() -> None:
    source = Source("a.py", "é = 1  # ormlint: ignore[invalid-suppression, unknown-supression]\n")
    unused, unknown = apply(source, "python", [], RAN)
    line = source.text
    assert unused.message == "`invalid-suppression` is not reported here"
    assert line[unused.place.range.column : unused.place.range.end_column] == "invalid-suppression"
    assert unknown.message == "there is no check `unknown-supression`; did you mean `unknown-suppression`?"
    assert line[unknown.place.range.column : unknown.place.range.end_column] == "unknown-supression"
