"""Templates as facts: whatever the text, nothing is raised and every span says exactly the path that it is the span of."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.extract.django_template import read as read_django
from linter.extract.jinja_template import read as read_jinja
from linter.extract.templates import extract_template, syntax_of
from linter.facts import template as t

settings.register_profile("templates", deadline=None)  # the first example imports Django
settings.load_profile("templates")

PIECES = [
    "{{ a.b }}", "{{a.b.c|f:x.y|g}}", "{% if not a.b and c in d.e %}", "{% elif x.y == 'é' %}", "{% else %}", "{% endif %}",
    "{% for k, v in a.items reversed %}", "{% for x in a.b %}", "{% empty %}", "{% endfor %}", "{% with a=b.c d=e %}",
    "{% endwith %}", "{% include 'x' with a=b.c only %}", "{% extends 'y' %}", "{% block z %}", "{% endblock z %}",
    "{% blocktrans with a=b.c %}", "{% endblocktrans %}", "{% comment %}", "{% endcomment %}", "{% verbatim %}",
    "{% endverbatim %}", "{# x.y #}", "{% load l %}", "{% tag a.b k=c.d as e %}", "{% endtag %}", "{%- set q = r.s -%}",
    "{{ f(a.b)[c.d].e }}", "{{ (a.b or c)|d(e.f) }}", "{% macro m(a, b=c.d) %}", "{% endmacro %}", "{% raw %}", "{% endraw %}",
    "{% from 'm' import n as o %}", "{{ a.b if c is defined else d }}", "{%", "%}", "{{", "}}", "{#", "é", "\r\n", "\n", "\r", " ",
    "\x00", "\u2028", "((", "]", '"', "'", "|", ":", ".", "not ", "{% if ", "# for x in y", "\ud800",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25).map("".join)


def names(node: object) -> Iterator[t.Name | t.Attr]:
    """Every path in a record, in any depth."""
    if isinstance(node, (t.Name, t.Attr)):
        yield node
    if isinstance(node, msgspec.Struct):
        for field in node.__struct_fields__:
            yield from names(getattr(node, field))
    elif isinstance(node, tuple):
        for item in node:
            yield from names(item)


def dotted(path: t.Expr) -> str | None:
    if isinstance(path, t.Name):
        return path.id
    if isinstance(path, t.Attr):
        value = dotted(path.value)
        return f"{value}.{path.name}" if value else None
    return None


def assert_spans_are_exact(text: str, nodes: tuple[t.Node, ...], spans: list[int]) -> None:
    for path in names(nodes):
        name = dotted(path)
        if name is not None and path.at >= 0:
            shown = text[spans[2 * path.at] : spans[2 * path.at + 1]]
            assert "".join(shown.split()).replace("(", "").replace(")", "") == name


@given(texts)
@example("{% if " + "not " * 5000 + "x.y %}{% endif %}")
@example("{% if a %}" * 5000 + "{{ b.c }}")
@example("{{ a" + ".b" * 5000 + " }}")
def test_any_text_is_read_as_a_django_template(text: str) -> None:
    nodes, spans, _ = read_django(text)
    assert_spans_are_exact(text, nodes, spans)


@given(texts)
@example("{% if " + "not " * 5000 + "x.y %}{% endif %}")
@example("{% if a %}" * 5000 + "{{ b.c }}")
@example("{{ a" + ".b" * 5000 + " }}")
@example("{{ " + "(" * 5000 + " }}")
@example("{{ '\\N{x}' }}{{ 1e999999 }}{{ a.b }}")
@example("{%{% endraw %}é{{ a.b if c is defined else d }}")  # a tag of no known name that is never closed
def test_any_text_is_read_as_a_jinja_template(text: str) -> None:
    nodes, spans, _ = read_jinja(text, t.DEFAULT_DELIMITERS)
    assert_spans_are_exact(text, nodes, spans)


@given(texts)
@example(r"""{{ "\ud800"|f("\udfff") }}""")
@example("{%\ud800{% if not a.b and c in d.e %}")
@example("{{ 99999999999999999999999999 }}{{ a|f:99999999999999999999999999 }}{{ -1e999 }}{{ 1.2.3 }}")
def test_facts_are_a_function_of_the_bytes_and_survive_the_cache(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    facts = extract_template(data)
    assert facts == extract_template(data)
    encoded = msgspec.msgpack.encode(facts)
    assert msgspec.msgpack.decode(encoded, type=t.Template) == facts
    assert msgspec.msgpack.decode(encoded, type=t.Header) == t.Header(facts.syntax, facts.is_broken, facts.links)
    assert all(0 <= offset <= len(data) for offset in facts.spans)


@given(
    st.lists(
        st.sampled_from(
            ["{{ a.b }}", "{% x %}", "{%- y -%}", "{#- z -#}", "é", " \n", "\t", "text", "{% raw %}{{ q }}{% endraw %}"]
        )
    )
)
def test_offsets_of_jinjas_tokens_are_true(pieces: list[str]) -> None:
    from linter.extract.jinja_template import _environment

    text = "".join(pieces)
    end = 0
    for start, _, value in _environment(t.DEFAULT_DELIMITERS)._offsets(text):
        assert text[start : start + len(value)] == value
        assert text[end:start].strip() == "", "only white space is left out between two tokens"
        end = start + len(value)
    assert end == len(text)


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        ("{{ a.b }}{% if a.b %}{% include 'x' %}{% endif %}", "either"),
        ("{{ a|date:'Y' }}", "django"),
        ("{% load x %}{{ a }}", "django"),
        ("{{ _('a(b)') }}", "either"),
        ("{{ url_for('a') }}", "jinja"),
        ("{{ a.b() }}", "jinja"),
        ("{{ a[0] }}", "jinja"),
        ("{% if a.b() %}{% endif %}", "jinja"),
        ("{%- if a %}{% endif %}", "jinja"),
        ("{{ a if b else c }}", "jinja"),
        ("{% set a = b %}", "jinja"),
        ("{% csrf_token %}{{ f(x) }}", "jinja"),
        ("{% verbatim %}{{ f(x) }}{% endverbatim %}", "django"),
    ],
)
def test_the_language_is_told_by_what_the_other_refuses(text: str, syntax: str) -> None:
    assert syntax_of(text) == syntax


def shown(text: str, delimiters: t.Delimiters = t.DEFAULT_DELIMITERS) -> list[str]:
    """The longest paths of a template, as its spans show them."""
    data = text.encode()
    facts = extract_template(data, delimiters)
    inner = {path.value for path in names(facts.nodes) if isinstance(path, t.Attr)}
    found = [path for path in names(facts.nodes) if path not in inner and path.at >= 0]
    return [data[facts.spans[2 * p.at] : facts.spans[2 * p.at + 1]].decode() for p in found]


def test_spans_count_utf8_bytes() -> None:
    assert shown("é€😀{{ a.b }}ü{% if c.d|f:e.g %}{% endif %}") == ["a.b", "c.d", "e.g"]


def test_jinja_reads_every_kind_of_newline_where_it_is() -> None:
    assert shown("a\r\n{{ f(b.c) }}\r{{ d.e }}\n\r\n{{ g.h }}\r\n") == ["f", "b.c", "d.e", "g.h"]


def test_other_delimiters() -> None:
    angled = t.Delimiters("<<", ">>", "<%", "%>", "<#", "#>")
    assert shown("<% if not o.a %><< o.b|upper >><% endif %><# c.d #>{{ e.f }}", angled) == ["o.a", "o.b"]


def test_line_statements() -> None:
    assert shown("# for x in a.b\n{{ x.y }}\n# endfor\n", t.Delimiters(line_statement_prefix="#")) == ["a.b", "x.y"]


def test_the_rest_of_a_half_typed_jinja_template_is_read() -> None:
    facts = extract_template(b"{{ f(a.b) }}{{ c. }}{% for x in %}{{ d.e }}")
    assert facts.is_broken
    assert {dotted(p) for p in names(facts.nodes)} >= {"a.b", "d.e"}


def test_the_rest_of_a_half_typed_django_template_is_read() -> None:
    facts = extract_template(b"{% load x %}{% if a.b and %}{{ c. }}{% for %}{{ d.e }}")
    assert facts.is_broken
    assert {dotted(p) for p in names(facts.nodes)} >= {"a.b", "d.e"}


def test_what_a_comment_or_verbatim_text_holds_is_not_read() -> None:
    assert shown(
        "{% comment %}{{ a.b }}{% if %}{% endcomment %}{% verbatim %}{{ c.d }}{% endverbatim %}{# e.f #}{{ g.h }}"
    ) == ["g.h"]


def test_dotted_names_in_translated_blocks_are_no_lookups() -> None:
    assert shown("{% blocktrans with a=b.c %}{{ a }}{{ d.e }}{% endblocktrans %}{{ f.g }}") == ["b.c", "a", "f.g"]
