"""Python source -> `facts.syntax` records, by tree-sitter: newer syntax than our own interpreter's and half-typed code read too.

A hand-written walk over the concrete tree: statements and expressions that no check can use become `Unknown` without being
descended into, and everything is bounded in depth and size, so that no input can exhaust the stack.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import tree_sitter_python
from tree_sitter import Language, Node, Parser

from linter.extract.skim import TEST_FUNCTIONS, has_tests
from linter.extract.skim import emptied as skim
from linter.facts import syntax as s

LANGUAGE = Language(tree_sitter_python.language())

# What gates look for anywhere in a file (`Module.uses`), so that nobody reads the bodies of a file without it.
GATES = (
    ".connect(", "receiver(", ".create(", ".acreate(", ".save(", ".execute(", "create_all(",
    "SQLALCHEMY_DATABASE_URI", "disconnect(", "_start_string", "line_statement_prefix", "SystemLoader(", "PackageLoader(", "template_folder",
    "Jinja2Templates(", "add_to_class(", "contribute_to_class(", "setattr(", "register(",
    "render(", "render_to_", "render_template(", "stream_template(", "TemplateResponse(", "inclusion_tag(", "template_name", "View",
    "register_lookup(", "lookup_name",
    "Table(", "__tablename__", ".reflect(", "automap_base(", "make_versioned(", "to_metadata(", "tometadata(",
    "map_imperatively(", "mapper(", "db.Model)", "listens_for(",
)  # fmt: skip

# Parts that many of them share: a text that lacks one is not searched for those.
_STEMS = ("connect(", "create", "emplate", "render", "regist", "_to_class(", "metadata(", "Loader(")


def _by_stem() -> dict[bytes, list[tuple[str, bytes]]]:
    found: dict[bytes, list[tuple[str, bytes]]] = {}
    for gate in GATES:
        stem = next((stem for stem in _STEMS if stem in gate), gate)
        found.setdefault(stem.encode(), []).append((gate, gate.encode()))
    return found


_GATES = _by_stem()

# Calls that give their keywords' names to rows, and calls whose second argument names something an object may have.
NAMING_CALLS = frozenset({"annotate", "alias", "extra", "aggregate"})
ATTRIBUTE_CALLS = frozenset({"setattr", "hasattr", "getattr"})

DEEPEST_EXPRESSION = 60
DEEPEST_BLOCK = 40
LONGEST_DISPLAY = 4000
LONGEST_CHAIN = 60

_UNKNOWN = s.Unknown()

_FIELD = {
    name: LANGUAGE.field_id_for_name(name) or 0  # 0 is no field: an older grammar then gives None
    for name in (
        "left", "right", "type", "name", "value", "function", "arguments", "object", "attribute", "subscript", "body",
        "alternative", "condition", "consequence", "operator", "operators", "argument", "parameters", "return_type",
        "superclasses", "definition", "module_name", "alias", "subject", "guard", "key",
    )
}  # fmt: skip
_LEFT, _RIGHT, _TYPE, _NAME, _VALUE = (_FIELD[n] for n in ("left", "right", "type", "name", "value"))
_FUNCTION, _ARGUMENTS, _OBJECT, _ATTRIBUTE = (_FIELD[n] for n in ("function", "arguments", "object", "attribute"))
_SUBSCRIPT, _BODY, _ALTERNATIVE, _CONDITION = (_FIELD[n] for n in ("subscript", "body", "alternative", "condition"))
_CONSEQUENCE, _OPERATOR, _OPERATORS, _ARGUMENT = (
    _FIELD[n] for n in ("consequence", "operator", "operators", "argument")
)
_PARAMETERS, _RETURN_TYPE, _SUPERCLASSES, _DEFINITION = (
    _FIELD[n] for n in ("parameters", "return_type", "superclasses", "definition")
)
_MODULE_NAME, _ALIAS = _FIELD["module_name"], _FIELD["alias"]


class Extracted:
    """What one Python file says. `bodies[i]` belongs to the FunctionDef whose `body` is i; `starts[i]` is its base offset."""

    __slots__ = ("bodies", "module", "spans", "starts")

    def __init__(self, module: s.Module, spans: tuple[int, ...], bodies: tuple[s.Body, ...], starts: tuple[int, ...]):
        self.module = module
        self.spans = spans
        self.bodies = bodies
        self.starts = starts


def extract(data: bytes) -> Extracted:
    """Read UTF-8 Python source. Never raises on bad syntax."""
    return _without_tests(data) or _Reader(data).read()


def has_error(data: bytes) -> bool:
    """Whether anything in a text is no Python, bodies of test functions included."""
    return Parser(LANGUAGE).parse(data).root_node.has_error


def _uses(data: bytes) -> tuple[str, ...]:
    found = {gate for stem, gates in _GATES.items() if stem in data for gate, written in gates if written in data}
    return tuple([gate for gate in GATES if gate in found]) if found else ()


def _without_tests(data: bytes) -> Extracted | None:
    """What a file says, read from a text whose test functions were emptied; None where that would not be the same."""
    if not has_tests(data):
        return None
    text, emptied = skim(data)
    if not emptied:
        return None
    reader = _Reader(data)
    read = reader.read(text)
    return read if not read.module.broken and reader.unread.issuperset(emptied) else None


def read_body(text: str, first: int) -> tuple[s.Body, list[tuple[s.Body, int]]]:
    """An unread body, from its function's text: the body, and those of its inner functions with their offsets in the text.
    Inner functions are numbered from `first`."""
    reader = _Reader(text.encode("utf-8", "surrogatepass"), is_module=False)
    reader.first_body = first
    read = reader.read()
    if not read.bodies:
        return s.Body(()), []
    *inner, body = read.bodies  # a function's own body comes after those of its inner functions
    return body, list(zip(inner, read.starts, strict=False))


def expression(text: str) -> s.Expr:
    """One expression of source text, as in a string annotation; Unknown where it is none."""
    reader = _Reader(text.encode("utf-8", "replace"), is_module=False)
    statements = reader.read().module.body
    if len(statements) == 1 and isinstance(statements[0], s.ExprStmt):
        return statements[0].value
    return _UNKNOWN


def _ids(*kinds: str) -> set[int]:
    found = set()
    for kind in kinds:
        for named in (True, False):
            if (i := LANGUAGE.id_for_node_kind(kind, named)) is not None:
                found.add(i)
    return found


_COMMENT = _ids("comment", "line_continuation")
_ERROR = 65535
# The number of a kind is told without making a string of its name: that counts where every node passes.
_IDENTIFIER, _ASSIGNMENT, _AUGMENTED, _YIELD, _GENERATOR, _KEYWORD_ARGUMENT, _DICTIONARY_SPLAT, _LIST_SPLAT, _PAIR = (
    LANGUAGE.id_for_node_kind(kind, True)
    for kind in (
        "identifier", "assignment", "augmented_assignment", "yield", "generator_expression", "keyword_argument",
        "dictionary_splat", "list_splat", "pair",
    )
)  # fmt: skip
_COMMA, _EQUALS = (LANGUAGE.id_for_node_kind(kind, False) for kind in (",", "="))
_QUOTES = b"\"'"
# Docstrings and bare literals do nothing.
_IDLE = _ids("string", "concatenated_string", "comment", "integer", "ellipsis")


class _Reader:
    """`is_module`: the text is a whole file, not a piece of one."""

    def __init__(self, data: bytes, is_module: bool = True) -> None:
        self.data = data
        self.spans: list[int] = []
        self.bodies: list[s.Body] = []
        self.starts: list[int] = []
        self.depth = 0
        self.block_depth = 0
        self.nesting = 0  # how many functions the reader stands in
        self.first_body = 0
        self.is_module = is_module
        self.has_tests = is_module and has_tests(data)
        self.unread: set[int] = set()  # where the functions start whose bodies are left as text
        self.gives: set[str] = set()

    def read(self, text: bytes | None = None) -> Extracted:
        """What the file says; `text` is what of it is to be parsed."""
        tree = Parser(LANGUAGE).parse(self.data if text is None else text)
        root = tree.root_node
        body = self.block(root)
        # Bodies that nest in functions append themselves first, so both lists are complete only now.
        uses = _uses(self.data) if self.is_module else ()
        module = s.Module(body, uses, root.has_error, tuple(sorted(self.gives)))
        return Extracted(module, tuple(self.spans), tuple(self.bodies), tuple(self.starts))

    # --- spans and text ---

    def mark(self, node: Node) -> int:
        spans = self.spans
        spans += node.byte_range
        return len(spans) // 2 - 1

    def text(self, node: Node) -> str:
        start, end = node.byte_range
        return self.data[start:end].decode("utf-8", "replace")

    def dotted(self, node: Node) -> str:
        """A dotted name without the white space and line continuations it may be written with."""
        return "".join(self.text(node).replace("\\", " ").split())

    # --- statements ---

    def block(self, node: Node | None) -> tuple[s.Stmt, ...]:
        if node is None or self.block_depth > DEEPEST_BLOCK:
            return ()
        self.block_depth += 1
        out: list[s.Stmt] = []
        for child in node.named_children:
            self.statement(child, out)
        self.block_depth -= 1
        return tuple(out)

    def statement(self, node: Node, out: list[s.Stmt]) -> None:
        handler = _STATEMENTS.get(node.kind_id)
        if handler is not None:
            handler(self, node, out)

    def error(self, node: Node, out: list[s.Stmt]) -> None:
        """Half-typed code: what is whole inside the broken part still counts."""
        if self.block_depth > DEEPEST_BLOCK:
            return
        self.block_depth += 1
        for child in node.named_children:
            if child.kind_id in _STATEMENTS:
                self.statement(child, out)
            elif child.kind_id in _EXPRESSIONS and child.kind_id not in _LEAVES:
                out.append(s.ExprStmt(self.expr(child), self.mark(child)))
        self.block_depth -= 1

    def type_alias(self, node: Node, out: list[s.Stmt]) -> None:
        """`type X = …` says nothing a check asks for, but the grammar takes `type(x).name = value` for one."""
        if self.data[node.start_byte + 4 : node.end_byte].lstrip().startswith(b"("):
            value = self.expr(node.child_by_field_id(_RIGHT))
            out.append(s.Assign((_UNKNOWN,), value, None, self.mark(node)))

    def expression_statement(self, node: Node, out: list[s.Stmt]) -> None:
        children = node.children
        if len(children) > 1 and any(child.kind_id == _COMMA for child in children):
            at = self.mark(node)
            out.append(s.ExprStmt(s.Seq("tuple", self.items(node), at), at))
            return
        for child in children:
            kind = child.kind_id
            if kind == _ASSIGNMENT:
                self.assignment(child, out)
            elif kind == _AUGMENTED:
                self.augmented(child, out)
            elif kind == _YIELD:
                out.append(self.yielded(child))
            elif child.is_named and kind not in _IDLE:
                out.append(s.ExprStmt(self.expr(child), self.mark(child)))

    def yielded(self, node: Node) -> s.Stmt:
        """`yield x`; what `yield from x` gives one by one is not followed."""
        children = node.children
        if len(children) > 1 and children[1].type == "from":
            return s.Return(_UNKNOWN, True)
        return s.Return(self.expr(children[1]) if len(children) > 1 else None, True)

    def assignment(self, node: Node, out: list[s.Stmt]) -> None:
        targets: list[s.Expr] = []
        at = self.mark(node)
        while True:
            children = node.children
            annotation = None
            right: Node | None
            if len(children) == 3 and children[1].kind_id == _EQUALS:  # by far the most
                targets.append(self.expr(children[0]))
                right = children[2]
            else:
                left = node.child_by_field_id(_LEFT)
                if left is not None:
                    targets.append(self.expr(left))
                annotation_node = node.child_by_field_id(_TYPE)
                annotation = self.expr(annotation_node) if annotation_node is not None else None
                right = node.child_by_field_id(_RIGHT)
            if right is not None and right.kind_id == _ASSIGNMENT:
                node = right
                continue
            value: s.Expr | None
            if right is None:
                value = None
                if annotation is None:  # half-typed `x =`
                    value = _UNKNOWN
            elif right.kind_id == _YIELD:
                value = _UNKNOWN
            else:
                value = self.expr(right)
            out.append(s.Assign(tuple(targets), value, annotation, at))
            for target in targets:
                self.note_target(target)
            return

    def note_target(self, target: s.Expr) -> None:
        """`row.total = …`, `row.total, row.count = …`: whose row it is, is not asked."""
        if isinstance(target, s.Seq):
            for item in target.items:
                self.note_target(item)
        elif isinstance(target, s.Attr) and not (isinstance(target.value, s.Name) and target.value.id == "self"):
            self.gives.add(target.name)

    def augmented(self, node: Node, out: list[s.Stmt]) -> None:
        at = self.mark(node)
        operator = node.child_by_field_id(_OPERATOR)
        target, value = self.expr(node.child_by_field_id(_LEFT)), self.expr(node.child_by_field_id(_RIGHT))
        out.append(s.AugAssign(target, operator.type.rstrip("=") if operator else "", value, at))

    def return_statement(self, node: Node, out: list[s.Stmt]) -> None:
        children = node.named_children
        out.append(s.Return(self.expr(children[0]) if children else None))

    def if_statement(self, node: Node, out: list[s.Stmt]) -> None:
        test = self.expr(node.child_by_field_id(_CONDITION))
        body = self.block(node.child_by_field_id(_CONSEQUENCE))
        branches: list[tuple[s.Expr, tuple[s.Stmt, ...]]] = []
        orelse: tuple[s.Stmt, ...] = ()
        for clause in (
            node.children_by_field_id(_ALTERNATIVE)
            if hasattr(node, "children_by_field_id")
            else (node.children_by_field_name("alternative"))
        ):
            if clause.type == "elif_clause":
                branches.append(
                    (
                        self.expr(clause.child_by_field_id(_CONDITION)),
                        self.block(clause.child_by_field_id(_CONSEQUENCE)),
                    )
                )
            elif clause.type == "else_clause":
                orelse = self.block(clause.child_by_field_id(_BODY))
        out.append(s.If(test, body, _chain(branches, orelse)))

    def while_statement(self, node: Node, out: list[s.Stmt]) -> None:
        test = self.expr(node.child_by_field_id(_CONDITION))
        body = self.block(node.child_by_field_id(_BODY))
        out.append(s.If(test, body, self.else_of(node), True))

    def else_of(self, node: Node) -> tuple[s.Stmt, ...]:
        clause = node.child_by_field_id(_ALTERNATIVE)
        return self.block(clause.child_by_field_id(_BODY)) if clause is not None else ()

    def for_statement(self, node: Node, out: list[s.Stmt]) -> None:
        target = self.expr(node.child_by_field_id(_LEFT))
        iterable = self.expr(node.child_by_field_id(_RIGHT))
        body = self.block(node.child_by_field_id(_BODY))
        out.append(s.For(target, iterable, body, self.else_of(node)))

    def with_statement(self, node: Node, out: list[s.Stmt]) -> None:
        items: list[tuple[s.Expr, s.Expr | None]] = []
        for clause in node.named_children:
            if clause.type != "with_clause":
                continue
            for item in clause.named_children:
                value = item.child_by_field_id(_VALUE)
                if value is None:
                    continue
                if value.type == "as_pattern":
                    alias = value.child_by_field_id(_ALIAS)
                    inner = alias.named_children[0] if alias is not None and alias.named_children else None
                    first = value.named_children[0]
                    items.append((self.expr(first), self.expr(inner) if inner is not None else None))
                else:
                    items.append((self.expr(value), None))
        out.append(s.With(tuple(items), self.block(node.child_by_field_id(_BODY))))

    def try_statement(self, node: Node, out: list[s.Stmt]) -> None:
        handlers: list[s.Handler] = []
        orelse: tuple[s.Stmt, ...] = ()
        final: tuple[s.Stmt, ...] = ()
        body = self.block(node.child_by_field_id(_BODY))
        for clause in node.named_children:
            kind = clause.type
            if kind in ("except_clause", "except_group_clause"):
                handlers.append(self.handler(clause))
            elif kind == "else_clause":
                orelse = self.block(clause.child_by_field_id(_BODY))
            elif kind == "finally_clause":
                final = self.block(_last_block(clause))
        out.append(s.Try(body, tuple(handlers), orelse, final))

    def handler(self, clause: Node) -> s.Handler:
        caught: list[s.Expr] = []
        name = ""
        for child in clause.named_children:
            if child.kind_id in _COMMENT or child.type == "block":
                continue
            if child.type == "as_pattern":
                alias = child.child_by_field_id(_ALIAS)
                name = self.text(alias) if alias is not None else ""
                caught.append(self.expr(child.named_children[0]))
            else:
                caught.append(self.expr(child))
        exception = caught[0] if len(caught) == 1 else s.Seq("tuple", tuple(caught)) if caught else None
        return s.Handler(exception, name, self.block(_last_block(clause)))

    def match_statement(self, node: Node, out: list[s.Stmt]) -> None:
        body = node.child_by_field_id(_BODY)
        cases = [c for c in body.named_children if c.type == "case_clause"] if body is not None else []
        branches = [(_UNKNOWN, self.block(clause.child_by_field_id(_CONSEQUENCE))) for clause in cases]
        out.extend(_chain(branches, ()))

    def jump(self, node: Node, out: list[s.Stmt]) -> None:
        kind = node.type
        if kind == "raise_statement":
            children = node.named_children
            out.append(s.Jump("raise", self.expr(children[0]) if children else None))
        else:
            out.append(s.Jump("continue" if kind == "continue_statement" else "break"))

    def assert_statement(self, node: Node, out: list[s.Stmt]) -> None:
        out.append(s.Assert(self.expr(node.named_children[0]) if node.named_children else _UNKNOWN))

    def delete_statement(self, node: Node, out: list[s.Stmt]) -> None:
        for child in node.named_children:
            names = child.named_children if child.type == "expression_list" else [child]
            out.extend(s.Delete(self.text(n)) for n in names if n.type == "identifier")

    def import_statement(self, node: Node, out: list[s.Stmt]) -> None:
        for child in node.named_children:
            if child.type == "dotted_name":
                module = self.dotted(child)
                out.append(s.Import(module, module.partition(".")[0], self.mark(child)))
            elif child.type == "aliased_import":
                name, alias = child.child_by_field_id(_NAME), child.child_by_field_id(_ALIAS)
                if name is not None and alias is not None:
                    out.append(s.Import(self.dotted(name), self.text(alias), self.mark(child)))

    def import_from(self, node: Node, out: list[s.Stmt]) -> None:
        source = node.child_by_field_id(_MODULE_NAME)
        if source is None:
            return
        written = self.dotted(source)
        module = written.lstrip(".")
        level = len(written) - len(module)
        for child in node.named_children:
            if child == source:
                continue
            if child.type == "dotted_name":
                name = self.text(child)
                out.append(s.ImportFrom(module, level, name, name, self.mark(child)))
            elif child.type == "aliased_import":
                original, alias = child.child_by_field_id(_NAME), child.child_by_field_id(_ALIAS)
                if original is not None and alias is not None:
                    out.append(s.ImportFrom(module, level, self.text(original), self.text(alias), self.mark(child)))
            elif child.type == "wildcard_import":
                out.append(s.ImportFrom(module, level, "*", "*", self.mark(child)))

    def future_import(self, node: Node, out: list[s.Stmt]) -> None:
        for child in node.named_children:
            if child.type == "dotted_name":
                name = self.text(child)
                out.append(s.ImportFrom("__future__", 0, name, name, self.mark(child)))

    def decorated(self, node: Node, out: list[s.Stmt]) -> None:
        decorators = tuple(
            self.expr(child.named_children[0])
            for child in node.named_children
            if child.type == "decorator" and child.named_children
        )
        definition = node.child_by_field_id(_DEFINITION)
        if definition is None:
            return
        if definition.type == "class_definition":
            self.class_definition(definition, out, decorators)
        else:
            self.function_definition(definition, out, decorators)

    def class_definition(self, node: Node, out: list[s.Stmt], decorators: tuple[s.Expr, ...] = ()) -> None:
        name = node.child_by_field_id(_NAME)
        if name is None:
            return
        at = self.mark(name)
        bases: list[s.Expr] = []
        keywords: list[s.Keyword] = []
        arguments = node.child_by_field_id(_SUPERCLASSES)
        if arguments is not None:
            self.arguments(arguments, bases, keywords)
        body = self.block(node.child_by_field_id(_BODY))
        out.append(s.ClassDef(self.text(name), tuple(bases), tuple(keywords), decorators, body, at))

    def function_definition(self, node: Node, out: list[s.Stmt], decorators: tuple[s.Expr, ...] = ()) -> None:
        name = node.child_by_field_id(_NAME)
        if name is None:
            return
        at = self.mark(name)
        params = self.parameters(node.child_by_field_id(_PARAMETERS))
        returns_node = node.child_by_field_id(_RETURN_TYPE)
        returns = self.expr(returns_node) if returns_node is not None else None
        is_async = node.children[0].type == "async"
        title = self.text(name)
        if self.has_tests and not self.nesting and title.startswith(TEST_FUNCTIONS):
            self.unread.add(node.start_byte)
            body = self.add_body(s.Body((), (), self.text(node)), node)
        else:
            body = self.function_body(node)
        out.append(s.FunctionDef(title, params, decorators, returns, is_async, body, at))

    def function_body(self, node: Node) -> int:
        outer_spans, outer_depth = self.spans, self.block_depth
        self.spans, start = [], node.start_byte
        self.nesting += 1
        statements = self.block(node.child_by_field_id(_BODY))
        self.nesting -= 1
        index = self.add_body(s.Body(statements, tuple([offset - start for offset in self.spans])), node)
        self.spans, self.block_depth = outer_spans, outer_depth
        return index

    def add_body(self, body: s.Body, node: Node) -> int:
        self.bodies.append(body)
        self.starts.append(node.start_byte)
        return self.first_body + len(self.bodies) - 1

    def parameters(self, node: Node | None) -> tuple[s.Param, ...]:
        if node is None:
            return ()
        out: list[s.Param] = []
        keyword_only = False
        for child in node.named_children:
            kind = child.type
            if kind == "keyword_separator":
                keyword_only = True
                continue
            if kind == "positional_separator":
                out = [s.Param(p.name, p.annotation, p.default, "/") for p in out]
                continue
            param = self.parameter(child, "kw" if keyword_only else "")
            if param is not None:
                out.append(param)
                keyword_only = keyword_only or param.kind == "*"
        return tuple(out)

    def parameter(self, node: Node, kind: str) -> s.Param | None:
        annotation_node = node.child_by_field_id(_TYPE)
        annotation = self.expr(annotation_node) if annotation_node is not None else None
        default_node = node.child_by_field_id(_VALUE)
        default = self.expr(default_node) if default_node is not None else None
        name_node: Node | None = node.child_by_field_id(_NAME)
        if node.type == "typed_parameter":
            name_node = node.named_children[0]
        if node.type == "identifier":
            name_node = node
        inner = name_node if name_node is not None else node
        if inner.type == "list_splat_pattern":
            return s.Param(self.text(inner).lstrip("* "), annotation, None, "*")
        if inner.type == "dictionary_splat_pattern":
            return s.Param(self.text(inner).lstrip("* "), annotation, None, "**")
        if inner.type != "identifier":
            return None
        return s.Param(self.text(inner), annotation, default, kind)

    # --- expressions ---

    def expr(self, node: Node | None) -> s.Expr:
        if node is None:
            return _UNKNOWN
        kind = node.kind_id
        if kind == _IDENTIFIER:
            start, end = node.byte_range
            spans = self.spans
            spans += (start, end)
            return s.Name(self.data[start:end].decode("utf-8", "replace"), len(spans) // 2 - 1)
        handler = _EXPRESSIONS.get(kind)
        if handler is None or self.depth > DEEPEST_EXPRESSION:
            return _UNKNOWN
        self.depth += 1
        found: s.Expr = handler(self, node)
        self.depth -= 1
        return found

    def items(self, node: Node) -> tuple[s.Expr, ...]:
        children = [c for c in node.named_children if c.kind_id not in _COMMENT]
        if len(children) > LONGEST_DISPLAY:
            return (*(self.expr(c) for c in children[:LONGEST_DISPLAY]), s.Starred(_UNKNOWN))
        return tuple([self.expr(c) for c in children])

    def attribute(self, node: Node) -> s.Expr:
        at = self.mark(node)
        children = node.children
        if len(children) == 3:  # with a comment in between there are more
            value = self.expr(children[0])
            start, end = children[2].byte_range
            text = self.data[start:end].decode("utf-8", "replace")
        else:
            name = node.child_by_field_id(_ATTRIBUTE)
            value = self.expr(node.child_by_field_id(_OBJECT))
            text = self.text(name) if name is not None else ""
        if isinstance(value, s.Starred):  # the grammar binds the star of `*a.b` to `a` in some places
            return s.Starred(s.Attr(value.value, text, at))
        return s.Attr(value, text, at)

    def call(self, node: Node) -> s.Expr:
        at = self.mark(node)
        children = node.children
        whole = len(children) == 2
        func = self.expr(children[0] if whole else node.child_by_field_id(_FUNCTION))
        args: list[s.Expr] = []
        keywords: list[s.Keyword] = []
        arguments = children[1] if whole else node.child_by_field_id(_ARGUMENTS)
        if arguments is not None:
            if arguments.kind_id == _GENERATOR:
                args.append(self.expr(arguments))
            else:
                self.arguments(arguments, args, keywords)
        self.note_given(func, args, keywords)
        if isinstance(func, s.Starred):
            return s.Starred(s.Call(func.value, tuple(args), tuple(keywords), at))
        return s.Call(func, tuple(args), tuple(keywords), at)

    def note_given(self, func: s.Expr, args: list[s.Expr], keywords: list[s.Keyword]) -> None:
        """Names that a call may give to objects, whichever they are."""
        if isinstance(func, s.Attr) and func.name in NAMING_CALLS:
            for keyword in keywords:
                self.gives.add(keyword.name)
                if isinstance(keyword.value, s.Dict):
                    self.gives.update(key.value for key, _ in keyword.value.items if isinstance(key, s.Str))
        elif isinstance(func, s.Name) and func.id in ATTRIBUTE_CALLS:
            if len(args) > 1 and isinstance(args[1], s.Str):
                self.gives.add(args[1].value)
        for keyword in keywords:
            if keyword.name == "to_attr" and isinstance(keyword.value, s.Str):
                self.gives.add(keyword.value.value)

    def arguments(self, node: Node, args: list[s.Expr], keywords: list[s.Keyword]) -> None:
        for child in node.named_children:
            kind = child.kind_id
            if kind == _KEYWORD_ARGUMENT:
                name = child.child_by_field_id(_NAME)
                value = child.child_by_field_id(_VALUE)
                if name is not None:
                    keywords.append(s.Keyword(self.text(name), self.expr(value), self.mark(name)))
            elif kind == _DICTIONARY_SPLAT:
                keywords.append(s.Keyword("", self.expr(child.named_children[0]), self.mark(child)))
            elif kind == _LIST_SPLAT:
                args.append(s.Starred(self.expr(child.named_children[0])))
            elif kind in _COMMENT:
                continue
            elif kind == _ERROR:
                # `f(a, b` being typed: what follows is not known, so the call is not exact.
                args.append(s.Starred(_UNKNOWN))
            else:
                args.append(self.expr(child))

    def string(self, node: Node) -> s.Expr:
        start, end = node.byte_range
        self.spans += (start, end)
        at = len(self.spans) // 2 - 1
        raw = self.data[start:end]
        if len(raw) > 2 and raw[0] in _QUOTES and raw[1] != raw[0] and b"\\" not in raw and not node.has_error:
            return s.Str(raw[1:-1].decode("utf-8", "replace"), at)  # by far the most
        head = raw[:3].lower()
        prefix = head[: len(head) - len(head.lstrip(b"bruft"))]
        if b"f" in prefix or b"t" in prefix:
            return self.fstring(node, at, b"r" in prefix)
        if b"b" in prefix:
            return s.Bytes()
        if node.has_error:
            return _UNKNOWN
        return s.Str(self.string_value(raw, prefix), at)

    def string_value(self, raw: bytes, prefix: bytes) -> str:
        body = raw[len(prefix) :]
        width = 3 if body[:3] in (b'"""', b"'''") else 1
        inner = body[width:-width]
        if b"\\" not in inner or b"r" in prefix:
            return inner.decode("utf-8", "replace")
        return _unescaped(inner.decode("utf-8", "replace"))

    def fstring(self, node: Node, at: int, raw: bool) -> s.Expr:
        parts: list[s.Expr] = []
        for child in node.named_children:
            if child.type == "string_content":
                text = self.text(child).replace("{{", "{").replace("}}", "}")
                parts.append(s.Str(text if raw or "\\" not in text else _unescaped(text)))
            elif child.type == "interpolation" and child.named_children:
                parts.append(self.expr(child.named_children[0]))
            elif child.type == "escape_interpolation":
                parts.append(s.Str(self.text(child)[:1]))
        return s.FString(_joined(parts), at)

    def concatenated(self, node: Node) -> s.Expr:
        at = self.mark(node)
        parts = [self.expr(c) for c in node.named_children if c.type == "string"]
        texts = [p.value for p in parts if isinstance(p, s.Str)]
        if len(texts) == len(parts):
            return s.Str("".join(texts), at)
        if all(isinstance(p, s.Bytes) for p in parts):
            return s.Bytes()
        flat: list[s.Expr] = []
        for part in parts:
            flat.extend(part.parts if isinstance(part, s.FString) else [part])
        return s.FString(_joined(flat), at)

    def number(self, node: Node) -> s.Expr:
        text = self.text(node)
        if len(text) < 18 and text.isdecimal() and (text[0] != "0" or text == "0"):
            return s.Lit(int(text))
        try:
            value = ast.literal_eval(text)
        except (ValueError, SyntaxError, OverflowError):
            return _UNKNOWN
        if isinstance(value, int) and abs(value) >= 2**63:
            return _UNKNOWN  # beyond what the cache's codec holds, and beyond what any check reads
        return s.Lit(value) if isinstance(value, (int, float)) else _UNKNOWN

    def constant(self, node: Node) -> s.Expr:
        return s.Lit({"true": True, "false": False}.get(node.type))

    def display(self, node: Node) -> s.Expr:
        kind = {"list": "list", "list_pattern": "list", "set": "set"}.get(node.type, "tuple")
        at = self.mark(node)
        return s.Seq(kind, self.items(node), at)  # type: ignore[arg-type]

    def splat(self, node: Node) -> s.Expr:
        return s.Starred(self.expr(node.named_children[0]) if node.named_children else _UNKNOWN)

    def parenthesized(self, node: Node) -> s.Expr:
        children = [c for c in node.named_children if c.kind_id not in _COMMENT]
        return self.expr(children[0]) if len(children) == 1 else _UNKNOWN

    def dictionary(self, node: Node) -> s.Expr:
        at = self.mark(node)
        items: list[tuple[s.Expr | None, s.Expr]] = []
        children = node.named_children
        for child in children[:LONGEST_DISPLAY]:
            if child.kind_id == _PAIR:
                key, value = child.child_by_field_id(_FIELD["key"]), child.child_by_field_id(_VALUE)
                items.append((self.expr(key), self.expr(value)))
            elif child.type == "dictionary_splat":
                items.append((None, self.expr(child.named_children[0]) if child.named_children else _UNKNOWN))
            elif child.kind_id == _ERROR:
                items.append((None, _UNKNOWN))
        if len(children) > LONGEST_DISPLAY:
            items.append((None, _UNKNOWN))
        return s.Dict(tuple(items), at)

    def subscript(self, node: Node) -> s.Expr:
        value = self.expr(node.child_by_field_id(_VALUE))
        indices = node.children_by_field_name("subscript")
        if len(indices) == 1:
            return s.Sub(value, self.expr(indices[0]))
        return s.Sub(value, s.Seq("tuple", tuple(self.expr(i) for i in indices)))

    def generic_type(self, node: Node) -> s.Expr:
        """`Mapped[int]` in an annotation: the grammar has a node of its own for it."""
        children = node.named_children
        if len(children) != 2:
            return _UNKNOWN
        items = tuple(self.expr(c) for c in children[1].named_children)
        return s.Sub(self.expr(children[0]), items[0] if len(items) == 1 else s.Seq("tuple", items))

    def wrapped_type(self, node: Node) -> s.Expr:
        return self.expr(node.named_children[0]) if len(node.named_children) == 1 else _UNKNOWN

    def union_type(self, node: Node) -> s.Expr:
        operands: list[s.Expr] = []
        for child in node.named_children:
            operand = self.expr(child)
            operands.extend(operand.operands if isinstance(operand, s.Op) and operand.op == "|" else [operand])
        return s.Op("|", tuple(operands))

    def binary(self, node: Node) -> s.Expr:
        # A sum of a thousand strings is a left-deep tree: unroll the left spine instead of recursing.
        operator = node.child_by_field_id(_OPERATOR)
        name = operator.type if operator is not None else ""
        right: list[Node | None] = []
        left: Node | None = node
        while left is not None and left.kind_id == node.kind_id:
            inner = left.child_by_field_id(_OPERATOR)
            if inner is None or inner.type != name:
                break
            right.append(left.child_by_field_id(_RIGHT))
            left = left.child_by_field_id(_LEFT)
        operands = [self.expr(left), *(self.expr(r) for r in reversed(right))]
        return s.Op(name, tuple(operands))

    def unary(self, node: Node) -> s.Expr:
        operator = node.child_by_field_id(_OPERATOR)
        operand = self.expr(node.child_by_field_id(_ARGUMENT))
        if isinstance(operand, s.Lit) and isinstance(operand.value, (int, float)) and operator is not None:
            if operator.type == "-":
                return s.Lit(-operand.value)
        return s.Op("unary" + (operator.type if operator is not None else ""), (operand,))

    def negation(self, node: Node) -> s.Expr:
        return s.Op("not", (self.expr(node.child_by_field_id(_ARGUMENT)),))

    def comparison(self, node: Node) -> s.Expr:
        operators = [c.type for c in node.children_by_field_name("operators")]
        operands = tuple(self.expr(c) for c in node.named_children if c.kind_id not in _COMMENT)
        return s.Op(operators[0] if len(operators) == 1 else "chain", operands)

    def conditional(self, node: Node) -> s.Expr:
        children = [c for c in node.named_children if c.kind_id not in _COMMENT]
        if len(children) != 3:
            return _UNKNOWN
        body, test, orelse = (self.expr(c) for c in children)
        return s.Cond(test, body, orelse)

    def comprehension(self, node: Node) -> s.Expr:
        kind = node.type.split("_")[0]
        body = node.child_by_field_id(_BODY)
        if body is not None and body.type == "pair":
            key, value = body.child_by_field_id(_FIELD["key"]), body.child_by_field_id(_VALUE)
            element: s.Expr = s.Dict(((self.expr(key), self.expr(value)),))
        else:
            element = self.expr(body)
        clauses: list[s.Clause] = []
        for child in node.named_children:
            if child.type == "for_in_clause":
                clauses.append(
                    s.Clause(self.expr(child.child_by_field_id(_LEFT)), self.expr(child.child_by_field_id(_RIGHT)))
                )
            elif child.type == "if_clause" and clauses and child.named_children:
                last = clauses[-1]
                test = self.expr(child.named_children[0])
                clauses[-1] = s.Clause(last.target, last.iterable, (*last.conditions, test))
        kinds: dict[str, Any] = {"list": "list", "set": "set", "dictionary": "dict", "generator": "generator"}
        return s.Comp(kinds[kind], element, tuple(clauses))

    def lambda_(self, node: Node) -> s.Expr:
        return s.Lambda(self.parameters(node.child_by_field_id(_PARAMETERS)), self.expr(node.child_by_field_id(_BODY)))

    def walrus(self, node: Node) -> s.Expr:
        name = node.child_by_field_id(_NAME)
        return s.Walrus(self.text(name) if name is not None else "", self.expr(node.child_by_field_id(_VALUE)))

    def await_(self, node: Node) -> s.Expr:
        return s.Await(self.expr(node.named_children[0]) if node.named_children else _UNKNOWN)


def _unescaped(text: str) -> str:
    """The value of a literal's text: its escapes read as Python reads them, and the text as it is where they are bad."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            quoted = re.sub(r'(?s)\\.|"', lambda m: m[0] if m[0] != '"' else '\\"', text)
            value = str(ast.literal_eval(f'"""{quoted}"""'))
            return value.encode("utf-8", "replace").decode(
                "utf-8"
            )  # half a surrogate pair can be written, but not kept
    except (ValueError, SyntaxError, MemoryError):
        return text


def _joined(parts: list[s.Expr]) -> tuple[s.Expr, ...]:
    """The parts of an f-string with neighbouring literal texts made one."""
    out: list[s.Expr] = []
    for part in parts:
        last = out[-1] if out else None
        if isinstance(part, s.Str) and isinstance(last, s.Str):
            out[-1] = s.Str(last.value + part.value)
        else:
            out.append(part)
    return tuple(out)


def _chain(branches: Sequence[tuple[s.Expr, tuple[s.Stmt, ...]]], orelse: tuple[s.Stmt, ...]) -> tuple[s.Stmt, ...]:
    """`elif` after `elif`, each in the `orelse` of the one before. After many of them the rest stands side by side, as if
    any number of them could happen, for a thousand would be deeper than anybody can follow."""
    near, far = branches[:LONGEST_CHAIN], branches[LONGEST_CHAIN:]
    if far:
        orelse = (*(s.If(_UNKNOWN, body) for _, body in far), s.If(_UNKNOWN, orelse))
    for test, body in reversed(near):
        orelse = (s.If(test, body, orelse),)
    return orelse


def _last_block(node: Node) -> Node | None:
    for child in reversed(node.named_children):
        if child.type == "block":
            return child
    return None


def _table(rows: dict[str, Callable[..., Any]]) -> dict[int, Callable[..., Any]]:
    return {kind: handler for name, handler in rows.items() for kind in _ids(name)}


_STATEMENTS = _table({
    "expression_statement": _Reader.expression_statement,
    "type_alias_statement": _Reader.type_alias,
    "return_statement": _Reader.return_statement,
    "if_statement": _Reader.if_statement,
    "while_statement": _Reader.while_statement,
    "for_statement": _Reader.for_statement,
    "with_statement": _Reader.with_statement,
    "try_statement": _Reader.try_statement,
    "match_statement": _Reader.match_statement,
    "raise_statement": _Reader.jump,
    "continue_statement": _Reader.jump,
    "break_statement": _Reader.jump,
    "assert_statement": _Reader.assert_statement,
    "delete_statement": _Reader.delete_statement,
    "import_statement": _Reader.import_statement,
    "import_from_statement": _Reader.import_from,
    "future_import_statement": _Reader.future_import,
    "decorated_definition": _Reader.decorated,
    "class_definition": _Reader.class_definition,
    "function_definition": _Reader.function_definition,
})  # fmt: skip
_STATEMENTS[_ERROR] = _Reader.error

_LEAVES = _ids("identifier", "string", "integer", "float", "true", "false", "none")

_EXPRESSIONS = _table({
    "attribute": _Reader.attribute,
    "call": _Reader.call,
    "string": _Reader.string,
    "concatenated_string": _Reader.concatenated,
    "integer": _Reader.number,
    "float": _Reader.number,
    "true": _Reader.constant,
    "false": _Reader.constant,
    "none": _Reader.constant,
    "list": _Reader.display,
    "tuple": _Reader.display,
    "set": _Reader.display,
    "expression_list": _Reader.display,
    "pattern_list": _Reader.display,
    "tuple_pattern": _Reader.display,
    "list_pattern": _Reader.display,
    "list_splat": _Reader.splat,
    "list_splat_pattern": _Reader.splat,
    "parenthesized_expression": _Reader.parenthesized,
    "dictionary": _Reader.dictionary,
    "subscript": _Reader.subscript,
    "generic_type": _Reader.generic_type,
    "type": _Reader.wrapped_type,
    "union_type": _Reader.union_type,
    "binary_operator": _Reader.binary,
    "boolean_operator": _Reader.binary,
    "unary_operator": _Reader.unary,
    "not_operator": _Reader.negation,
    "comparison_operator": _Reader.comparison,
    "conditional_expression": _Reader.conditional,
    "list_comprehension": _Reader.comprehension,
    "set_comprehension": _Reader.comprehension,
    "dictionary_comprehension": _Reader.comprehension,
    "generator_expression": _Reader.comprehension,
    "lambda": _Reader.lambda_,
    "named_expression": _Reader.walrus,
    "await": _Reader.await_,
})  # fmt: skip
