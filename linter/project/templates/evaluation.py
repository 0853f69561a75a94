"""One template, read with one context: what each path in it is, and what it hands to the templates that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, Protocol

import msgspec
from msgspec.structs import replace

from linter.extract.templates import bodies
from linter.facts import template as t
from linter.project.templates import filters, macros
from linter.project.templates.context import Context, join
from linter.project.templates.lookup import Lookup
from linter.project.templates.tags import Library
from linter.project.types import (
    BOOL,
    INT,
    NEVER,
    NONE,
    STR,
    UNKNOWN,
    Constant,
    DictType,
    Function,
    Sequence,
    TupleType,
    Type,
    UnknownType,
    members,
    union,
)

# What a condition comes to whose path is not there: it decides nothing by itself, it never holds, or it always does.
Outcome = Literal["", "never", "always"]

_FORLOOP = (
    ("counter", INT), ("counter0", INT), ("revcounter", INT), ("revcounter0", INT), ("first", BOOL), ("last", BOOL),
    ("length", INT),
)  # fmt: skip
# Tags whose words are expressions: Django's own, and what Jinja's extensions bring.
EVALUATING = frozenset({
    "autoescape", "blocktranslate", "cache", "cycle", "do", "filter", "firstof", "get_media_prefix", "get_static_prefix",
    "ifchanged", "localtime", "now", "regroup", "resetcycle", "static", "timezone", "trans", "translate", "url", "widthratio",
})  # fmt: skip
_FOR_NOTHING = frozenset({"default", "default_if_none", "yesno", "d"})
_EXISTENCE = frozenset({"defined", "undefined"})  # Jinja's tests that ask whether something is there


class Read(msgspec.Struct, frozen=True):
    """A dotted path where it stands. `missing` is the first part that nothing the path can be there has: `owner` lacks it;
    where nothing is missing, `owner` is what the last part is asked of."""

    path: t.Attr
    root: Type
    value: Type
    missing: t.Attr | None = None
    owner: Type = UNKNOWN
    outcome: Outcome = ""


class Handed(msgspec.Struct, frozen=True):
    """The context that a template gives to another one, by its name or (to a macro's) by its path."""

    name: str
    context: Context
    path: str = ""


class Evaluation(msgspec.Struct):
    """What reading a template came to."""

    reads: dict[int, Read] = msgspec.field(default_factory=dict)
    handed: list[Handed] = msgspec.field(default_factory=list)
    nothing: dict[int, t.Name] = msgspec.field(
        default_factory=dict
    )  # variables that are shown and that nothing gives a value


def dotted(path: t.Expr) -> str:
    """`a.b.c`; "" for what is no plain path."""
    if isinstance(path, t.Name):
        return path.id
    if isinstance(path, t.Attr):
        value = dotted(path.value)
        return f"{value}.{path.name}" if value else ""
    return ""


def paths_in(node: object) -> list[t.Name | t.Attr]:
    """The names and the longest dotted paths in a record, in any depth."""
    found: list[t.Name | t.Attr] = []
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (t.Name, t.Attr)):
            found.append(node)
            while isinstance(node, t.Attr):
                node = node.value
        if isinstance(node, tuple):
            waiting.extend(node)
        elif isinstance(node, msgspec.Struct) and not isinstance(node, t.Name):
            waiting.extend(getattr(node, name) for name in node.__struct_fields__)
    return found


def root_of(path: t.Expr) -> t.Expr:
    while isinstance(path, t.Attr):
        path = path.value
    return path


class Surroundings(Protocol):
    """What an evaluator asks of the other templates."""

    @property
    def path(self) -> str: ...

    @property
    def declared(self) -> Mapping[str, Type]:
        """The types that the template itself gives to names."""

    def find(self, name: str) -> tuple[str, ...]:
        """The templates that a name means here."""

    def mentions(self, path: str) -> frozenset[str]:
        """Every variable that another template asks for."""


class Evaluator:
    """Reads the nodes of one template; `context` is what stands at the point that was reached."""

    def __init__(
        self,
        lookup: Lookup,
        library: Library,
        context: Context,
        bound_above: frozenset[str],
        surroundings: Surroundings,
    ) -> None:
        self.lookup = lookup
        self.flow = lookup.flow
        self.library = library
        self.declared = surroundings.declared
        self.context = context.bind(self.declared)
        self.bound_above = bound_above  # names that a parent template binds around (or before) the blocks filled here
        self.surroundings = surroundings
        self.found = Evaluation()

    def template(self, nodes: tuple[t.Node, ...]) -> Evaluation:
        for load in _loads(nodes):  # while parsing, wherever it stands
            self.library.load(load)
        if self.lookup.is_jinja:  # a macro calls others that are defined after it
            own = [node.name for node in nodes if isinstance(node, t.Macro) and node.name]
            self.context = self.context.bind({name: macros.macro(self.surroundings.path, name) for name in own})
        extends = [node for node in nodes if isinstance(node, t.Extends)]
        if extends:
            filled = self.context.filled | frozenset(_filled(nodes))
            for node in extends:
                self.hand(node.template, self.context.handed(filled))
            self.child(nodes)
        else:
            self.block(nodes)
        return self.found

    def child(self, nodes: tuple[t.Node, ...]) -> None:
        """A template that extends another: only its blocks are shown; Jinja runs what else stands at its top."""
        if self.lookup.is_jinja:
            for node in nodes:
                if isinstance(node, (t.Set, t.Import, t.Macro)):
                    self.node(node)
        outer = self.context
        for block in outermost_blocks(nodes):
            if block.name not in outer.filled:
                self.context = outer.forget(self.bound_above).bind(self.declared)
                self.block(block.body)
        self.context = outer

    # --- nodes ---

    def block(self, nodes: Iterable[t.Node]) -> None:
        for node in nodes:
            self.node(node)

    def node(self, node: t.Node) -> None:
        if isinstance(node, t.Output):
            self.expr(node.expr)
            self.shown(node.expr)
        elif isinstance(node, t.If):
            self.branch(node)
        elif isinstance(node, t.For):
            self.loop(node)
        elif isinstance(node, t.With):
            self.inside(self.context.bind(self.as_declared(self.given(node.bindings))), node.body)
        elif isinstance(node, t.Block):
            if node.name not in self.context.filled:
                self.inside(self.context.bind({"block": DictType((("super", STR),))}), node.body)
        elif isinstance(node, t.Include):
            self.include(node)
        elif isinstance(node, t.Set):
            self.bind(node.target, self.expr(node.value))
        elif isinstance(node, t.Tag):
            self.tag(node)
        elif isinstance(node, t.Macro):
            self.macro(node)
        elif isinstance(node, t.Import):
            self.imported(node)

    def shown(self, expr: t.Expr) -> None:
        """`{{ name.…|filter }}`: a filter may have been written for what is not there, so only plain ones count."""
        while isinstance(expr, (t.Attr, t.Filter)):
            if isinstance(expr, t.Filter) and expr.name in _FOR_NOTHING:
                return
            expr = expr.value
        if isinstance(expr, t.Name) and not self.context.is_open and expr.id not in self.context.names:
            self.found.nothing[expr.at] = expr

    def inside(self, context: Context, nodes: Iterable[t.Node]) -> None:
        """A block whose names end with it."""
        outer, self.context = self.context, context
        self.block(nodes)
        self.context = outer

    def bindings(self, bindings: Iterable[t.Keyword]) -> dict[str, Type]:
        return {binding.name: self.expr(binding.value) for binding in bindings}

    def given(self, bindings: tuple[t.Keyword, ...]) -> dict[str, Type]:
        """What `with` binds. `name=name` hands on what may be left out."""
        for binding in bindings:
            if not isinstance(binding.value, t.Name) or binding.value.id != binding.name:
                self.shown(binding.value)
        return self.bindings(bindings)

    def bind(self, target: t.Expr, kind: Type) -> None:
        self.context = self.context.bind(self.as_declared(dict(self.targets(target, kind))))

    def as_declared(self, names: dict[str, Type]) -> dict[str, Type]:
        """What the template says of a name goes before what was worked out."""
        return {name: self.declared.get(name, kind) for name, kind in names.items()} if self.declared else names

    def targets(self, target: t.Expr, kind: Type) -> Iterator[tuple[str, Type]]:
        if isinstance(target, t.Name):
            yield target.id, kind
        elif isinstance(target, t.Seq):
            for position, item in enumerate(target.items):
                yield from self.targets(item, self.flow.item(kind, position))

    def branch(self, node: t.If) -> None:
        self.condition(node.test)
        outer = self.context
        self.context = outer.assume(_assumed(node.test, True))
        self.block(node.body)
        held = self.context
        self.context = outer.assume(_assumed(node.test, False))
        self.block(node.orelse)
        other = self.context
        # Names that a branch bound stay bound after it.
        self.context = outer if held.names is outer.names and other.names is outer.names else join((held, other))

    def loop(self, node: t.For) -> None:
        element = self.flow.iterate(self.expr(node.iterable))
        self.shown(node.iterable)
        names = self.as_declared(dict(self.targets(node.target, element)))
        if not self.lookup.is_jinja:
            names["forloop"] = DictType((*_FORLOOP, ("parentloop", self.context.get("forloop"))))
        else:
            names["loop"] = UNKNOWN
        outer = self.context
        self.context = outer.bind(names)
        if node.condition is not None:
            self.condition(node.condition)
        self.block(node.body)
        self.context = outer
        self.inside(outer, node.empty)

    def include(self, node: t.Include) -> None:
        given = self.given(node.bindings)
        base = Context() if node.only else self.context
        self.hand(node.template, base.bind(given).handed())

    def hand(self, template: t.Expr, context: Context) -> None:
        for name in template_names(self.expr(template)):
            self.found.handed.append(
                Handed(name, self.without_macros(name, context) if self.lookup.is_jinja else context)
            )

    def without_macros(self, name: str, context: Context) -> Context:
        """What an included template does with macros that it was not told of is not followed."""
        known = macros.in_context(context)
        asked = {variable for path in self.surroundings.find(name) for variable in self.surroundings.mentions(path)}
        for variable in asked & set(known):
            for path, macro in macros.origins(known[variable]):
                self.found.handed.append(Handed("", macros.called_somehow(macro), path))
        own = [variable for variable in context.names if variable.startswith(macros.PREFIX)]
        return context.without(own).forget(known)

    def imported(self, node: t.Import) -> None:
        found: dict[str, Type] = {}
        for name in template_names(self.expr(node.template)):
            for path in self.surroundings.find(name):
                if node.target:
                    found[node.target] = macros.module(path)
                for original, local in node.names:
                    found[local] = macros.macro(path, original)
        unknown = [node.target] if node.target else [local for _, local in node.names]
        self.context = self.context.forget(unknown).bind(found)

    def macro(self, node: t.Macro) -> None:
        defaults = [self.expr(default) for default in node.defaults]
        names: dict[str, Type] = dict.fromkeys(("caller", "varargs", "kwargs"), UNKNOWN)
        for position, param in enumerate(node.params):
            left = position - (len(node.params) - len(defaults))
            default = defaults[left] if left >= 0 else None
            names[param] = macros.parameter(self.context, node.name, position, param, default) if node.name else UNKNOWN
        if node.name:
            self.context = self.context.bind({node.name: macros.macro(self.surroundings.path, node.name)})
        if not node.name or macros.is_called(self.context, node.name):  # else nothing is known, and nothing happens
            self.inside(self.context.bind(self.as_declared(names)), node.body)

    def tag(self, node: t.Tag) -> None:
        args = [self.expr(arg) for arg in node.args]
        keywords = self.bindings(node.keywords)
        tag = self.library.tag(node.name)
        if node.name in EVALUATING:
            value = self.built_in(node.name, args)
        elif tag is None or tag.kind == "tag":
            self.doubt((*node.args, *node.keywords))  # what it makes of its words is its own affair
            value = UNKNOWN
        elif tag.template:
            self.found.handed.append(Handed(tag.template, self.library.rendered(tag, args, keywords, self.context)))
            return
        else:
            value = self.library.result(tag, args, keywords, self.context) if node.binds else UNKNOWN
        self.context = self.context.bind(self.as_declared(dict.fromkeys(node.binds, value)))
        if tag is not None:
            self.context = self.context.forget(self.library.written(tag))

    def built_in(self, name: str, args: list[Type]) -> Type:
        """What Django's own tags bind."""
        if name == "regroup" and args:
            rows = Sequence(self.flow.iterate(args[0]))
            return Sequence(DictType((("grouper", UNKNOWN), ("list", rows), ("0", UNKNOWN), ("1", rows))))
        if name in ("firstof", "cycle") and args:
            return union(*args)
        return STR

    def doubt(self, parts: tuple[object, ...]) -> None:
        """Whatever was found missing in these may be no lookup at all."""
        for path in paths_in(parts):
            read = self.found.reads.get(path.at)
            if read is not None and read.missing is not None:
                self.found.reads[path.at] = Read(read.path, read.root, UNKNOWN)

    # --- expressions ---

    def condition(self, test: t.Expr) -> None:
        """A test, which a missing name may decide once and for all."""
        self.expr(test)
        for path in _operands(test):
            read = self.found.reads.get(path.at)
            if read is not None and read.missing is not None and read.path is path:
                self.found.reads[path.at] = replace(read, outcome=_OUTCOMES[_truth(test, path)])

    def expr(self, expr: t.Expr) -> Type:
        if isinstance(expr, t.Name):
            return self.lookup.value(self.context.get(expr.id))
        if isinstance(expr, t.Attr):
            return self.attribute(expr)
        if isinstance(expr, t.Const):
            return Constant(expr.value)
        if isinstance(expr, t.Filter):
            return self.filter(expr)
        if isinstance(expr, t.Op):
            kinds = [self.expr(operand) for operand in expr.operands]
            return self.operation(expr.op, kinds)
        if isinstance(expr, t.Test):
            self.test(expr)
            return BOOL
        if isinstance(expr, t.Cond):
            return self.choice(expr)
        if isinstance(expr, t.Call):
            return self.call(expr)
        if isinstance(expr, t.Item):
            return self.lookup.item(self.expr(expr.value), self.expr(expr.index))
        if isinstance(expr, t.Seq):
            kinds = [self.expr(item) for item in expr.items]
            return TupleType(tuple(kinds)) if expr.kind == "tuple" else Sequence(union(*kinds))
        if isinstance(expr, t.Dict):
            return self.dict(expr)
        return UNKNOWN

    def attribute(self, path: t.Attr) -> Type:
        """A dotted path, step by step; what is found is noted for the whole path."""
        steps: list[t.Attr] = []
        base: t.Expr = path
        while isinstance(base, t.Attr):
            steps.append(base)
            base = base.value
        root = kind = self.expr(base)
        name = dotted(base)
        read: Read | None = None
        owner: Type = UNKNOWN
        for step in reversed(steps):
            owner = kind
            name = f"{name}.{step.name}" if name else ""
            if name in self.context.assumed:
                kind = UNKNOWN
                continue
            value = self.lookup.step(kind, step.name)
            if value is None:
                read = Read(path, root, UNKNOWN, step, kind)
                kind = UNKNOWN
                break
            kind = value
        self.found.reads[path.at] = read or Read(path, root, kind, owner=owner)
        return kind

    def filter(self, expr: t.Filter) -> Type:
        if self.lookup.is_jinja and expr.name in ("default", "d"):
            value = self.optional(expr.value)  # what is not there is what this filter is for
        else:
            value = self.expr(expr.value)
        args = tuple(self.expr(arg) for arg in expr.args)
        own = self.library.filter(expr.name)
        if isinstance(own, Function):
            return self.flow.call(own, value, *args)
        return UNKNOWN if own is not None else filters.filtered(self.lookup, expr.name, value, args)

    def optional(self, expr: t.Expr) -> Type:
        """An expression whose path may lack something, and says so."""
        outer = self.context
        self.context = outer.assume([dotted(expr)])
        value = self.expr(expr)
        self.context = outer
        return value

    def test(self, expr: t.Test) -> None:
        if expr.name in _EXISTENCE:
            self.optional(expr.value)
        else:
            self.expr(expr.value)
        for arg in expr.args:
            self.expr(arg)

    def choice(self, expr: t.Cond) -> Type:
        self.condition(expr.test)
        outer = self.context
        self.context = outer.assume(_assumed(expr.test, True))
        body = self.expr(expr.body)
        self.context = outer.assume(_assumed(expr.test, False))
        other = self.expr(expr.orelse) if expr.orelse is not None else NONE
        self.context = outer
        return union(body, other)

    def operation(self, op: str, kinds: list[Type]) -> Type:
        if op in ("and", "or"):
            return union(*kinds)
        if op in ("not", "==", "!=", "<", ">", "<=", ">=", "in", "not in", "is", "is not"):
            return BOOL
        return STR if op == "~" else UNKNOWN

    def call(self, expr: t.Call) -> Type:
        callee = self.expr(expr.func)
        args = [self.expr(arg) for arg in expr.args]
        keywords = self.bindings(expr.keywords)
        if isinstance(callee, UnknownType):
            return UNKNOWN
        origins = list(macros.origins(callee))
        for path, name in origins:
            context = macros.called(name, args, keywords) if expr.is_exact else macros.called_somehow(name)
            self.found.handed.append(Handed("", context, path))
        if origins:
            return STR
        return self.flow.call(callee, *args, **keywords) if expr.is_exact else UNKNOWN

    def dict(self, expr: t.Dict) -> Type:
        found = DictType(values=NEVER)
        for key, value in expr.items:
            kind = self.expr(value)
            if isinstance(key, t.Const) and isinstance(key.value, str):
                found = found.with_item(key.value, kind)
            else:
                self.expr(key)
                found = DictType(found.items, True, UNKNOWN)
        return found


_OUTCOMES: dict[bool | None, Outcome] = {None: "", False: "never", True: "always"}


def _operands(test: t.Expr) -> Iterator[t.Attr]:
    """The paths that a test weighs: operands of `and`, `or`, `not` and of comparisons."""
    if isinstance(test, t.Attr):
        yield test
    elif isinstance(test, t.Op):
        for operand in test.operands:
            yield from _operands(operand)


def _truth(test: t.Expr, nothing: t.Attr) -> bool | None:
    """What a test comes to where one of its paths is nothing, and the others may be anything."""
    if test is nothing:
        return False
    if not isinstance(test, t.Op):
        return None
    parts = [_truth(operand, nothing) for operand in test.operands]
    if test.op == "not":
        return None if parts[0] is None else not parts[0]
    if test.op == "and":
        return False if False in parts else None
    if test.op == "or":
        return True if True in parts else None
    if test.op in ("==", "!=") and nothing in test.operands:
        if any(isinstance(o, t.Const) and o.value is not None for o in test.operands):
            return test.op == "!="
    return None


def template_names(kind: Type) -> Iterator[str]:
    """The templates that a value names."""
    for member in members(kind):
        if isinstance(member, Constant) and isinstance(member.value, str):
            yield member.value
        elif isinstance(member, TupleType):
            for item in member.items:
                yield from template_names(item)
        elif isinstance(member, Sequence):
            yield from template_names(member.element)


def _loads(nodes: Iterable[t.Node]) -> Iterator[t.Load]:
    for node in nodes:
        if isinstance(node, t.Load):
            yield node
        for block in bodies(node):
            yield from _loads(block)


def outermost_blocks(nodes: Iterable[t.Node]) -> Iterator[t.Block]:
    """The outermost blocks of a child template, wherever they stand."""
    for node in nodes:
        if isinstance(node, t.Block):
            yield node
        elif isinstance(node, t.If):
            yield from outermost_blocks((*node.body, *node.orelse))
        elif isinstance(node, t.For):
            yield from outermost_blocks((*node.body, *node.empty))
        elif isinstance(node, t.With):
            yield from outermost_blocks(node.body)


def _filled(nodes: Iterable[t.Node]) -> Iterator[str]:
    """The blocks that a child template replaces, whose old text it does not ask for."""
    for block in outermost_blocks(nodes):
        if not any(_is_super(path) for path in paths_in(block.body)):
            yield block.name


def _is_super(path: t.Expr) -> bool:
    """Django's `block.super`, Jinja's `super()`."""
    return dotted(path) in ("block.super", "super")


def _assumed(test: t.Expr, holds: bool) -> Iterator[str]:
    """The paths that are known to be there where a test holds (or does not): Jinja's `x.y is defined`."""
    if isinstance(test, t.Test) and test.name == ("defined" if holds else "undefined"):
        yield dotted(test.value)
    elif isinstance(test, t.Op) and test.op == "not":
        yield from _assumed(test.operands[0], not holds)
    elif isinstance(test, t.Op) and test.op == ("and" if holds else "or"):
        for operand in test.operands:
            yield from _assumed(operand, holds)
