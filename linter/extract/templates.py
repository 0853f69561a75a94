"""Templates -> `facts.template` records. The engine is told by syntax where only one could read the text.

What both would read the same way (`{{ a.b }}`, `{% if a.b %}`, `{% include "x" %}`) is `either`; which engine it is for
is then a question for the Project, which sees who renders it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from linter.facts import template as t

_SURROGATES = re.compile(r"[\ud800-\udfff]")
_STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_STRINGS = re.compile(rf"(?<!\w)_\({_STRING}\)|{_STRING}")  # Django knows `_("…")`
_TAGS = re.compile(r"\{%(.*?)%\}|\{\{(.*?)\}\}", re.S)

# Tags of one language only. Libraries of either can add any other name, so no other tag says anything.
_DJANGO_TAGS = frozenset({
    "load", "endcomment", "empty", "blocktrans", "blocktranslate", "endblocktrans", "endblocktranslate",
    "ifchanged", "endverbatim", "regroup", "cycle", "firstof", "widthratio", "templatetag", "querystring", "endifchanged",
})  # fmt: skip
_JINJA_TAGS = frozenset({
    "set", "endset", "macro", "endmacro", "import", "from", "call", "endcall", "raw", "endraw", "do", "elseif",
})  # fmt: skip
_DJANGO_FILTER_ARGUMENT = re.compile(r"\|\s*\w+:(?!:)")
_JINJA_EXPRESSION = re.compile(r"[(\[~+]|\bif\b|\bis\s+\w+\s|\s(?:and|or|not|else)\s")


def extract_template(data: bytes, delimiters: t.Delimiters = t.DEFAULT_DELIMITERS) -> t.Template:
    """Read a UTF-8 template. Never raises on bad syntax. Other delimiters than the usual ones are Jinja's alone."""
    # Half a surrogate pair cannot be kept; what stands for it takes as many bytes and one character, as it does.
    text = _SURROGATES.sub("\ufffd", data.decode("utf-8", "surrogatepass"))
    syntax = syntax_of(text) if delimiters == t.DEFAULT_DELIMITERS else "jinja"
    if syntax == "jinja":
        from linter.extract.jinja_template import read

        nodes, spans, is_broken = read(text, delimiters)
    else:
        from linter.extract.django_template import read as read_django

        nodes, spans, is_broken = read_django(text)
    return t.Template(syntax, is_broken, tuple(_links(nodes)), nodes, _bytes(text, spans))


def syntax_of(text: str) -> t.Syntax:
    """Which language a text must be in, as the other would refuse it."""
    is_jinja = False
    for match in _TAGS.finditer(text):
        tag, output = match.groups()
        inner = (tag or output or "").strip()
        if (inner[:1] in "+-" and inner) or (inner[-1:] in "+-" and inner):
            return "jinja"
        plain = _STRINGS.sub("''", inner)
        if _DJANGO_FILTER_ARGUMENT.search(plain):
            return "django"
        if tag is None:
            is_jinja = is_jinja or bool(_JINJA_EXPRESSION.search(plain))
            continue
        name, _, rest = plain.partition(" ")
        if name in _DJANGO_TAGS:
            return "django"
        if name in _JINJA_TAGS:
            is_jinja = True
        elif name in ("if", "elif", "for", "include", "extends"):
            is_jinja = is_jinja or any(mark in rest for mark in "([~")
    return "jinja" if is_jinja else "either"


def _links(nodes: tuple[t.Node, ...]) -> list[t.Link]:
    found: list[t.Link] = []
    for node in nodes:
        if isinstance(node, t.Include):
            found.extend(t.Link("include", name) for name in literal_names(node.template))
        elif isinstance(node, t.Extends):
            found.extend(t.Link("extends", name) for name in literal_names(node.template))
        elif isinstance(node, t.Import):
            found.extend(t.Link("import", name) for name in literal_names(node.template))
        elif isinstance(node, t.Tag):
            found.append(t.Link("tag", node.name))
        elif isinstance(node, t.Macro) and node.name:
            found.append(t.Link("macro", node.name))
        for block in bodies(node):
            found.extend(_links(block))
    return list(dict.fromkeys(found))


def literal_names(expr: t.Expr) -> tuple[str, ...]:
    """The template names that an expression spells out; an empty one for what it does not."""
    if isinstance(expr, t.Const) and isinstance(expr.value, str):
        return (expr.value,)
    if isinstance(expr, t.Seq):
        return tuple(name for item in expr.items for name in literal_names(item))
    if isinstance(expr, t.Cond):
        return (*literal_names(expr.body), *(literal_names(expr.orelse) if expr.orelse is not None else ()))
    return ("",)


def bodies(node: t.Node) -> tuple[tuple[t.Node, ...], ...]:
    """The blocks of nodes that a node encloses."""
    if isinstance(node, t.If):
        return node.body, node.orelse
    if isinstance(node, t.For):
        return node.body, node.empty
    if isinstance(node, (t.With, t.Block, t.Macro)):
        return (node.body,)
    return ()


def _bytes(text: str, spans: list[int]) -> tuple[int, ...]:
    """Offsets in characters as offsets in UTF-8 bytes."""
    if text.isascii():
        return tuple(spans)
    # Only where wide characters stand does the difference grow.
    wide = [(i, len(c.encode("utf-8", "surrogatepass")) - 1) for i, c in enumerate(text) if c > "\x7f"]
    positions = [i for i, _ in wide]
    more = [0, *accumulate(n for _, n in wide)]
    return tuple(offset + more[bisect_right(positions, offset - 1)] for offset in spans)
