"""Django templates, by Django's own lexer, filter grammar and `{% if %}` parser; none of them needs settings.

What a tag does is known for Django's own. Any other tag keeps its words as expressions and what it binds (`as name`), and
the text that it may enclose follows it. Mistakes in the nesting are passed over: half-typed templates are read too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.template.base import DebugLexer, Token, TokenType, filter_re
from django.template.smartif import IfParser, TokenBase

from linter.facts import template as t

DEEPEST = 40  # blocks inside blocks; what lies deeper is not read
LONGEST_CONDITION = 200  # words; Django's parser recurses over them

_UNKNOWN = t.Unknown()
# As Django splits a tag's words: quoted parts stay whole.
_WORD = re.compile(r"""((?:[^\s'"]*(?:(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')[^\s'"]*)+)|\S+)""")
_KEYWORD = re.compile(r"(\w+)=(.+)", re.S)
_NUMBER = re.compile(r"[-+.]?\d[\d.e]*$")
_IDENTIFIER = re.compile(r"[^\W\d]\w*$")
_CONSTANTS = {"True": True, "False": False, "None": None}


class _Word(str):
    """A word of a tag and where it starts in the text."""

    start: int

    def __new__(cls, text: str, start: int) -> _Word:
        word = super().__new__(cls, text)
        word.start = start
        return word

    def part(self, start: int, end: int | None = None) -> _Word:
        return _Word(self[start:end], self.start + start)


class _Frame(NamedTuple):
    """An open block: the nodes before it, the tags that go on with it, and what its end makes of its parts."""

    outer: list[t.Node]
    name: str
    parts: list[tuple[Any, list[t.Node]]]  # (what opens the part, its nodes)
    close: Callable[[list[tuple[Any, list[t.Node]]]], Iterable[t.Node]]


def read(text: str) -> tuple[tuple[t.Node, ...], list[int], bool]:
    """The nodes of a template, its span table in characters, and whether something could not be read."""
    reader = _Reader(text)
    nodes = reader.read()
    return nodes, reader.spans, reader.is_broken


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[int] = []
        self.is_broken = False
        self.nodes: list[t.Node] = []
        self.frames: list[_Frame] = []
        self.too_deep = 0
        self.opaque = 0
        self.enclosing: frozenset[str] = frozenset()

    def read(self) -> tuple[t.Node, ...]:
        tokens = [k for k in DebugLexer(self.text).tokenize() if k.token_type in (TokenType.VAR, TokenType.BLOCK)]
        tags = {k.contents.partition(" ")[0] for k in tokens if k.token_type == TokenType.BLOCK}
        self.enclosing = frozenset(name for name in tags if f"end{name}" in tags or f"end_{name}" in tags)
        in_comment = False
        for token in tokens:
            if in_comment:
                in_comment = not (token.token_type == TokenType.BLOCK and token.contents == "endcomment")
            elif token.token_type == TokenType.VAR:
                self.output(token)
            else:
                words = self.words(token)
                if words and words[0] == "comment":
                    in_comment = True
                elif words:
                    self.tag(words)
        while self.frames:
            self.is_broken = True
            self.close()
        return tuple(self.nodes)

    # --- words and expressions ---

    def mark(self, start: int, end: int) -> int:
        self.spans += (start, end)
        return len(self.spans) // 2 - 1

    def words(self, token: Token) -> list[_Word]:
        start, end = token.position
        return [_Word(m[0], m.start()) for m in _WORD.finditer(self.text, start + 2, end - 2)]

    def expression(self, word: _Word) -> t.Expr:
        """A filter expression, in Django's own grammar; Unknown where it is none."""
        expr: t.Expr | None = None
        upto = 0
        for match in filter_re.finditer(word):
            if match.start() != upto:
                return _UNKNOWN
            upto = match.end()
            if expr is None:
                if match["constant"] is not None:
                    expr = _constant(match["constant"])
                elif match["var"] is not None:
                    expr = self.variable(word.part(*match.span("var")))
                else:
                    return _UNKNOWN
            else:
                args: tuple[t.Expr, ...] = ()
                if match["constant_arg"] is not None:
                    args = (_constant(match["constant_arg"]),)
                elif match["var_arg"] is not None:
                    args = (self.variable(word.part(*match.span("var_arg"))),)
                expr = t.Filter(expr, match["filter_name"], args)
        return expr if expr is not None and upto == len(word) else _UNKNOWN

    def variable(self, word: _Word) -> t.Expr:
        if word in _CONSTANTS:
            return t.Const(_CONSTANTS[word])
        if _NUMBER.match(word):
            return _number(word)
        names = word.split(".")
        if not all(names) or len(names) > DEEPEST or any(n.startswith("_") for n in names):
            return _UNKNOWN
        end = word.start + len(names[0])
        expr: t.Expr = t.Name(names[0], self.mark(word.start, end))
        for name in names[1:]:
            end += 1 + len(name)
            expr = t.Attr(expr, name, self.mark(word.start, end))
        return expr

    def condition(self, words: list[_Word]) -> t.Expr:
        if len(words) > LONGEST_CONDITION:
            return _UNKNOWN
        try:
            return self.operation(IfParser(words).parse())
        except Exception:  # a half-typed condition: its words are read all the same
            self.is_broken = True
            return t.Op("?", tuple(self.expression(word) for word in words))

    def operation(self, token: TokenBase) -> t.Expr:
        if token.id == "literal":
            return self.expression(token.value)
        operands = tuple(self.operation(o) for o in (token.first, token.second) if o is not None)
        return t.Op(str(token.id), operands)

    def keywords(self, words: Iterable[_Word]) -> tuple[t.Keyword, ...]:
        found: list[t.Keyword] = []
        for word in words:
            if match := _KEYWORD.fullmatch(word):
                found.append(t.Keyword(match[1], self.expression(word.part(match.start(2)))))
        return tuple(found)

    # --- blocks ---

    def open(self, name: str, first: Any, close: Callable[[list[tuple[Any, list[t.Node]]]], Iterable[t.Node]]) -> None:
        if len(self.frames) >= DEEPEST:
            self.too_deep += 1
            self.is_broken = True
            return
        part: list[t.Node] = []
        self.frames.append(_Frame(self.nodes, name, [(first, part)], close))
        self.nodes = part

    def next_part(self, what: Any, *names: str) -> None:
        if self.frames and self.frames[-1].name in names:
            part: list[t.Node] = []
            self.frames[-1].parts.append((what, part))
            self.nodes = part

    def close(self) -> None:
        frame = self.frames.pop()
        self.nodes = frame.outer
        self.nodes.extend(frame.close(frame.parts))

    def end(self, name: str) -> None:
        if self.too_deep:
            self.too_deep -= 1
        elif any(frame.name == name for frame in self.frames):
            while self.frames[-1].name != name:  # what should have been closed before
                self.is_broken = True
                self.close()
            self.close()
        elif name in _BLOCKS:
            self.is_broken = True

    # --- tags ---

    def add(self, node: t.Node) -> None:
        if not self.too_deep:
            self.nodes.append(node)

    def output(self, token: Token) -> None:
        start, end = token.position
        inner = self.text[start + 2 : end - 2]
        word = _Word(inner.strip(), start + 2 + len(inner) - len(inner.lstrip()))
        if self.opaque and not _IDENTIFIER.match(word):
            return
        expr = self.expression(word)
        if not isinstance(expr, (t.Const, t.Unknown)):
            self.add(t.Output(expr))

    def tag(self, words: list[_Word]) -> None:
        name, rest = str(words[0]), words[1:]
        if name.startswith("end") and name not in _TAGS:
            self.end(name[3:].lstrip("_"))
        elif name in _TAGS:
            _TAGS[name](self, rest)
        else:
            self.other(name, rest)

    def other(self, name: str, words: list[_Word]) -> None:
        if name in self.enclosing:
            self.add(self.plain(name, words))
            self.open(name, None, lambda parts: [node for _, nodes in parts for node in nodes])
        else:
            self.add(self.plain(name, words))

    def plain(self, name: str, words: list[_Word]) -> t.Tag:
        """A tag's words as arguments: what stands after `as` or `asvar` is what it binds."""
        args: list[t.Expr] = []
        binds: list[str] = []
        arguments = list[_Word]()
        for before, word in zip([_Word("", 0), *words], words, strict=False):
            if before in ("as", "asvar"):
                binds.extend(n for n in re.split(r",\s*", word) if _IDENTIFIER.match(n))
            elif word not in ("as", "asvar"):
                arguments.append(word)
        for word in arguments:
            if not _KEYWORD.fullmatch(word):
                args.append(self.expression(word))
        return t.Tag(name, tuple(args), self.keywords(arguments), tuple(binds))

    def tag_if(self, words: list[_Word]) -> None:
        self.open("if", self.condition(words), _close_if)

    def tag_elif(self, words: list[_Word]) -> None:
        self.next_part(self.condition(words), "if")

    def tag_else(self, words: list[_Word]) -> None:
        if self.frames:
            self.next_part(None, self.frames[-1].name)

    def tag_for(self, words: list[_Word]) -> None:
        if words and words[-1] == "reversed":
            words = words[:-1]
        at = max((i for i, w in enumerate(words) if w == "in"), default=-1)
        if at < 1 or at != len(words) - 2:
            self.is_broken = True
            return self.open("for", (_UNKNOWN, _UNKNOWN), _close_for)
        names = tuple(t.Name(n) for n in re.split(r"[\s,]+", " ".join(words[:at])) if n)
        target = names[0] if len(names) == 1 else t.Seq("tuple", names)
        self.open("for", (target, self.expression(words[at + 1])), _close_for)

    def tag_empty(self, words: list[_Word]) -> None:
        self.next_part(None, "for")

    def tag_with(self, words: list[_Word]) -> None:
        if len(words) == 3 and words[1] == "as":
            bindings: tuple[t.Keyword, ...] = (t.Keyword(str(words[2]), self.expression(words[0])),)
        else:
            bindings = self.keywords(words)
        self.open("with", bindings, lambda parts: [t.With(bindings, tuple(parts[0][1]))])

    def tag_blocktranslate(self, words: list[_Word]) -> None:
        """`{% blocktranslate with a=b count c=d asvar name %}`: only names that it binds, or the context has, stand in it."""
        bindings: list[t.Keyword] = []
        binds = ""
        for i, word in enumerate(words):
            if match := _KEYWORD.fullmatch(word):
                bindings.append(t.Keyword(match[1], self.expression(word.part(match.start(2)))))
            elif word == "as" and 0 < i < len(words) - 1:  # the old spelling
                bindings.append(t.Keyword(words[i + 1].rstrip(","), self.expression(words[i - 1])))
            elif word == "asvar" and i + 1 < len(words):
                binds = str(words[i + 1])
        self.opaque += 1

        def close(parts: list[tuple[Any, list[t.Node]]]) -> list[t.Node]:
            self.opaque -= 1
            nodes: list[t.Node] = [t.With(tuple(bindings), tuple(n for _, part in parts for n in part), True)]
            return [*nodes, t.Tag("blocktranslate", (), (), (binds,))] if binds else nodes

        depth = len(self.frames)
        self.open("blocktranslate", None, close)
        if len(self.frames) == depth:
            self.opaque -= 1

    def end_blocktranslate(self, words: list[_Word]) -> None:
        self.end("blocktranslate")

    def tag_include(self, words: list[_Word]) -> None:
        if not words:
            return
        only = "only" in words[1:]
        self.add(t.Include(self.expression(words[0]), self.keywords(words[1:]), only))

    def tag_extends(self, words: list[_Word]) -> None:
        if words:
            self.add(t.Extends(self.expression(words[0])))

    def tag_block(self, words: list[_Word]) -> None:
        name = str(words[0]) if words else ""
        self.open("block", name, lambda parts: [t.Block(name, tuple(parts[0][1]))])

    def tag_load(self, words: list[_Word]) -> None:
        if len(words) >= 3 and words[-2] == "from":
            self.add(t.Load((str(words[-1]),), tuple(str(w) for w in words[:-2])))
        else:
            self.add(t.Load(tuple(str(w) for w in words)))

    def tag_regroup(self, words: list[_Word]) -> None:
        """`{% regroup rows by name as groups %}`"""
        if len(words) == 5 and words[1] == "by" and words[3] == "as":
            self.add(t.Tag("regroup", (self.expression(words[0]), t.Const(str(words[2]))), (), (str(words[4]),)))

    def nothing(self, words: list[_Word]) -> None:
        """Tags whose words are no expressions."""


def _close_if(parts: list[tuple[Any, list[t.Node]]]) -> list[t.Node]:
    orelse: tuple[t.Node, ...] = ()
    for test, nodes in reversed(parts):
        orelse = tuple(nodes) if test is None else (t.If(test, tuple(nodes), orelse),)
    return list(orelse)


def _close_for(parts: list[tuple[Any, list[t.Node]]]) -> list[t.Node]:
    (target, iterable), body = parts[0]
    empty = tuple(node for _, nodes in parts[1:] for node in nodes)
    return [t.For(target, iterable, tuple(body), empty)]


def _constant(text: str) -> t.Const:
    if text.startswith("_("):
        text = text[2:-1]
    return t.Const(text[1:-1].replace("\\" + text[0], text[0]).replace("\\\\", "\\"))


def _number(word: str) -> t.Expr:
    try:
        value = float(word) if "." in word or "e" in word else int(word)
    except ValueError:
        return _UNKNOWN
    return t.Const(value) if isinstance(value, float) or abs(value) < 2**63 else _UNKNOWN


_Handler = Callable[[_Reader, list[_Word]], None]
_BLOCKS = frozenset({"if", "for", "with", "block", "blocktranslate"})
_TAGS: dict[str, _Handler] = {
    "if": _Reader.tag_if,
    "elif": _Reader.tag_elif,
    "else": _Reader.tag_else,
    "for": _Reader.tag_for,
    "empty": _Reader.tag_empty,
    "with": _Reader.tag_with,
    "blocktranslate": _Reader.tag_blocktranslate,
    "blocktrans": _Reader.tag_blocktranslate,
    "endblocktranslate": _Reader.end_blocktranslate,
    "endblocktrans": _Reader.end_blocktranslate,
    "plural": _Reader.nothing,
    "include": _Reader.tag_include,
    "extends": _Reader.tag_extends,
    "block": _Reader.tag_block,
    "load": _Reader.tag_load,
    "regroup": _Reader.tag_regroup,
    "autoescape": _Reader.nothing,
    "csrf_token": _Reader.nothing,
    "debug": _Reader.nothing,
    "filter": _Reader.nothing,
    "lorem": _Reader.nothing,
    "spaceless": _Reader.nothing,
    "templatetag": _Reader.nothing,
}
