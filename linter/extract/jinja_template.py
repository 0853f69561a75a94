"""Jinja templates, by Jinja's own lexer and parser, which only count lines: here they are given offsets in their place.

Tags of extensions that are not read (`{% trans %}`, `{% do %}`, `{% cache %}`, …) keep their words as expressions, and the
text that they enclose follows them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.lexer import TokenStream
from jinja2.parser import Parser

from linter.facts import template as t

DEEPEST = 60  # expressions and blocks inside each other; what lies deeper is not read
MOST_REPAIRS = 8  # tags that are left out to read the rest of a half-typed template

_UNKNOWN = t.Unknown()
_NEWLINE = re.compile(r"\r\n|\r")


def read(text: str, delimiters: t.Delimiters) -> tuple[tuple[t.Node, ...], list[int], bool]:
    """The nodes of a template, its span table in characters, and whether something could not be read."""
    # As many characters as before, and the only kind of newline that Jinja's lexer does not change.
    text = _NEWLINE.sub(lambda m: " \n" if len(m[0]) == 2 else "\n", text)
    environment = _environment(delimiters)
    for repairs in range(MOST_REPAIRS):
        try:
            tree = _TemplateParser(environment, text).parse()
        except TemplateSyntaxError as error:
            shorter = _without_tag(text, error.lineno, delimiters)
            if shorter == text:
                break
            text = shorter
        except (RecursionError, ValueError, RuntimeError, AssertionError, OverflowError):
            break
        else:
            reader = _Reader(text)
            return reader.block(tree.body), reader.spans, repairs > 0
    return (), [], True


def _without_tag(text: str, offset: int, delimiters: t.Delimiters) -> str:
    """The text with the tag around an offset blanked out, the same text where there is none."""
    starts = (delimiters.variable_start, delimiters.block_start, delimiters.comment_start)
    start = max(text.rfind(mark, 0, offset + len(mark)) for mark in starts)
    if start < 0:
        return text
    ends = (delimiters.variable_end, delimiters.block_end, delimiters.comment_end)
    found = [(at, mark) for mark in ends if (at := text.find(mark, start)) >= 0]
    newline = text.find("\n", start)
    at, mark = min(found) if found else (len(text), "")
    end = at + len(mark)
    if 0 <= newline < end and text.find(starts[0], start + 1, end) >= 0:
        end = newline  # a tag that was never closed: only its line is lost
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


class _OffsetEnvironment(Environment):
    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        return TokenStream(self.lexer.wrap(self._offsets(source)), name, filename)

    def _offsets(self, source: str) -> Iterator[tuple[int, str, str]]:
        """Jinja's tokens with their offset in place of their line. Between them only white space was left out."""
        at = 0
        try:
            for _, kind, value in self.lexer.tokeniter(source, None):
                at = max(source.find(value, at), at)
                yield at, kind, value
                at += len(value)
        except TemplateSyntaxError as error:
            raise TemplateSyntaxError(error.message or "", at) from None


_environments: dict[t.Delimiters, _OffsetEnvironment] = {}


def _environment(delimiters: t.Delimiters) -> _OffsetEnvironment:
    known = _environments.get(delimiters)
    if known is None:
        known = _environments[delimiters] = _OffsetEnvironment(
            delimiters.block_start,
            delimiters.block_end,
            delimiters.variable_start,
            delimiters.variable_end,
            delimiters.comment_start,
            delimiters.comment_end,
            delimiters.line_statement_prefix,
            delimiters.line_comment_prefix,
            keep_trailing_newline=True,
        )
    return known


class _TemplateParser(Parser):
    def __init__(self, environment: Environment, source: str) -> None:
        super().__init__(environment, source)
        ends = re.compile(re.escape(environment.block_start_string) + r"[-+]?\s*end_?(\w+)")
        self.extensions = _OtherTags(frozenset(ends.findall(source)))


def is_in_tag(parser: Parser) -> bool:
    """Whether the tag has not ended yet. Raises TemplateSyntaxError where the text ends first: nothing would ever stop."""
    if parser.stream.current.type == "eof":
        parser.fail("the tag is never closed", parser.stream.current.lineno)
    return bool(parser.stream.current.type != "block_end")


class _OtherTags(dict[str, Callable[[Parser], "nodes.Node | list[nodes.Node]"]]):
    """A reader for whatever tag is asked for."""

    def __init__(self, enclosing: frozenset[str]) -> None:
        super().__init__()
        self.enclosing = enclosing

    def get(self, name: str, default: object = None) -> Callable[[Parser], nodes.Node]:
        return self.read

    def read(self, parser: Parser) -> nodes.Node:
        first = next(parser.stream)
        name = str(first.value)
        if name.startswith("end"):
            parser.fail(f"{name} ends nothing", first.lineno)
        # Jinja lets nobody add kinds of nodes; a filter block has just the parts: a name, arguments, a body.
        tag = nodes.Filter(None, name, [], [], None, None, lineno=first.lineno)
        self.words(parser, tag)
        body: list[nodes.Node] = []
        if name in self.enclosing:
            ends = (f"name:end{name}", f"name:end_{name}")
            body = list(parser.parse_statements(ends, drop_needle=True))
            while is_in_tag(parser):  # `{% endblock name %}`
                next(parser.stream)
        return nodes.FilterBlock(body, tag, lineno=first.lineno)

    def words(self, parser: Parser, tag: nodes.Filter) -> None:
        """Expressions and keywords, with or without commas; a word that begins neither is passed over."""
        stream = parser.stream
        while is_in_tag(parser):
            if stream.current.type == "name" and stream.look().type == "assign":
                key = str(next(stream).value)
                next(stream)
                tag.kwargs.append(nodes.Pair(nodes.Const(key), parser.parse_expression()))
            elif stream.current.type in ("name", "string", "integer", "float", "lparen", "lbracket", "lbrace"):
                tag.args.append(parser.parse_expression())
            else:
                next(stream)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[int] = []
        self.depth = 0

    def mark(self, start: int, end: int) -> int:
        self.spans += (start, end)
        return len(self.spans) // 2 - 1

    # --- nodes ---

    def block(self, body: list[nodes.Node]) -> tuple[t.Node, ...]:
        if self.depth > DEEPEST:
            return ()
        self.depth += 1
        found: list[t.Node] = []
        for node in body:
            self.node(node, found)
        self.depth -= 1
        return tuple(found)

    def node(self, node: nodes.Node, found: list[t.Node]) -> None:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                if not isinstance(part, (nodes.TemplateData, nodes.Const)):
                    found.append(t.Output(self.expr(part)))
        elif isinstance(node, nodes.If):
            orelse = self.block(node.else_)
            for branch in reversed(node.elif_):
                orelse = (t.If(self.expr(branch.test), self.block(branch.body), orelse),)
            found.append(t.If(self.expr(node.test), self.block(node.body), orelse))
        elif isinstance(node, nodes.For):
            target, iterable = self.target(node.target), self.expr(node.iter)
            condition = self.expr(node.test) if node.test is not None else None
            found.append(t.For(target, iterable, self.block(node.body), self.block(node.else_), condition))
        elif isinstance(node, nodes.With):
            bindings = tuple(
                t.Keyword(target.name, self.expr(value))
                for target, value in zip(node.targets, node.values, strict=False)
                if isinstance(target, nodes.Name)
            )
            found.append(t.With(bindings, self.block(node.body)))
        elif isinstance(node, nodes.Include):
            found.append(t.Include(self.expr(node.template), (), not node.with_context))
        elif isinstance(node, nodes.Extends):
            found.append(t.Extends(self.expr(node.template)))
        elif isinstance(node, nodes.Block):
            found.append(t.Block(node.name, self.block(node.body)))
        elif isinstance(node, nodes.Assign):
            found.append(t.Set(self.target(node.target), self.expr(node.node)))
        elif isinstance(node, nodes.AssignBlock):
            found.extend(self.block(node.body))
            found.append(t.Set(self.target(node.target), t.Const("")))
        elif isinstance(node, (nodes.Macro, nodes.CallBlock)):
            if isinstance(node, nodes.CallBlock):
                found.append(t.Output(self.expr(node.call)))
            name = node.name if isinstance(node, nodes.Macro) else ""
            params = tuple(arg.name for arg in node.args)
            found.append(t.Macro(name, params, self.exprs(node.defaults), self.block(node.body)))
        elif isinstance(node, nodes.Import):
            found.append(t.Import(self.expr(node.template), node.target, (), node.with_context))
        elif isinstance(node, nodes.FromImport):
            names_ = tuple((n, n) if isinstance(n, str) else (n[0], n[1]) for n in node.names)
            found.append(t.Import(self.expr(node.template), "", names_, node.with_context))
        elif isinstance(node, nodes.FilterBlock):
            found.append(t.Tag(node.filter.name, self.exprs(node.filter.args), self.pairs(node.filter.kwargs)))
            found.extend(self.block(node.body))
        elif isinstance(node, (nodes.Scope, nodes.ScopedEvalContextModifier)):
            found.extend(self.block(node.body))

    def target(self, node: nodes.Node) -> t.Expr:
        if isinstance(node, nodes.Name):
            return t.Name(node.name)
        if isinstance(node, nodes.Tuple):
            return t.Seq("tuple", tuple(self.target(item) for item in node.items))
        return _UNKNOWN  # an attribute of a namespace

    # --- expressions ---

    def exprs(self, found: list[nodes.Expr]) -> tuple[t.Expr, ...]:
        return tuple(self.expr(e) for e in found)

    def keywords(self, found: list[nodes.Keyword]) -> tuple[t.Keyword, ...]:
        return tuple(t.Keyword(k.key, self.expr(k.value)) for k in found)

    def pairs(self, found: list[nodes.Pair]) -> tuple[t.Keyword, ...]:
        return tuple(t.Keyword(p.key.value, self.expr(p.value)) for p in found if isinstance(p.key, nodes.Const))

    def expr(self, node: nodes.Node | None) -> t.Expr:
        if node is None or self.depth > DEEPEST:
            return _UNKNOWN
        self.depth += 1
        found = self._expr(node)
        self.depth -= 1
        return found

    def _expr(self, node: nodes.Node) -> t.Expr:
        if isinstance(node, nodes.Name):
            return t.Name(node.name, self.mark(node.lineno, node.lineno + len(node.name)))
        if isinstance(node, nodes.Getattr):
            return self.attribute(node)
        if isinstance(node, nodes.Getitem):
            return t.Item(self.expr(node.node), self.expr(node.arg))
        if isinstance(node, nodes.Const):
            return _constant(node.value)
        if isinstance(node, nodes.Filter):
            return t.Filter(self.expr(node.node), node.name, self.exprs(node.args))
        if isinstance(node, nodes.Test):
            return t.Test(self.expr(node.node), node.name, self.exprs(node.args))
        if isinstance(node, nodes.Call):
            is_exact = node.dyn_args is None and node.dyn_kwargs is None
            return t.Call(self.expr(node.node), self.exprs(node.args), self.keywords(node.kwargs), is_exact)
        if isinstance(node, nodes.CondExpr):
            orelse = self.expr(node.expr2) if node.expr2 is not None else None
            return t.Cond(self.expr(node.test), self.expr(node.expr1), orelse)
        if isinstance(node, nodes.Compare):
            operands = (self.expr(node.expr), *(self.expr(o.expr) for o in node.ops))
            return t.Op(_COMPARISONS.get(node.ops[0].op, "?") if len(node.ops) == 1 else "?", operands)
        if isinstance(node, nodes.UnaryExpr):
            return t.Op(node.operator, (self.expr(node.node),))
        if isinstance(node, nodes.BinExpr):
            return t.Op(node.operator, (self.expr(node.left), self.expr(node.right)))
        if isinstance(node, nodes.Concat):
            return t.Op("~", self.exprs(node.nodes))
        if isinstance(node, (nodes.List, nodes.Tuple)):
            return t.Seq("list" if isinstance(node, nodes.List) else "tuple", self.exprs(node.items))
        if isinstance(node, nodes.Dict):
            return t.Dict(tuple((self.expr(pair.key), self.expr(pair.value)) for pair in node.items))
        return _UNKNOWN

    def attribute(self, node: nodes.Getattr) -> t.Expr:
        value = self.expr(node.node)
        dot = node.lineno
        name = self.text.find(node.attr, dot)
        start = self.spans[2 * value.at] if isinstance(value, (t.Name, t.Attr)) else dot
        return t.Attr(value, node.attr, self.mark(start, name + len(node.attr)))


def _constant(value: object) -> t.Expr:
    if isinstance(value, str):
        # Half a surrogate pair can be written, but not kept.
        return t.Const(value.encode("utf-8", "replace").decode("utf-8"))
    if isinstance(value, int) and abs(value) >= 2**63:
        return _UNKNOWN
    return t.Const(value) if isinstance(value, (int, float)) or value is None else _UNKNOWN


_COMPARISONS = {
    "eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "in": "in", "notin": "not in",
}  # fmt: skip
