"""What each form of expression is, given what its parts are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from linter.facts import syntax as s
from linter.project.flow import definitions as d
from linter.project.flow import mapped
from linter.project.flow.scopes import Scope
from linter.project.types import (
    BOOL,
    NEVER,
    STR,
    UNKNOWN,
    Constant,
    DictType,
    LambdaType,
    QuerySet,
    Scalar,
    Sequence,
    Super,
    TupleType,
    Type,
    Union_,
    UnknownType,
    members,
    union,
)

if TYPE_CHECKING:
    from linter.project.flow import Flow

LONGEST_TUPLE = 30  # a longer one is a list for us
_COMPARISONS = frozenset({"==", "!=", "<", ">", "<=", ">=", "in", "not in", "is", "is not", "chain", "not", "<>"})


def evaluate(flow: Flow, expr: s.Expr, scope: Scope) -> Type:
    handler = _HANDLERS.get(type(expr))
    return handler(flow, expr, scope) if handler is not None else UNKNOWN


def _name(flow: Flow, expr: s.Name, scope: Scope) -> Type:
    return flow.name(expr.id, scope)


def _attribute(flow: Flow, expr: s.Attr, scope: Scope) -> Type:
    return flow.attribute_or_unknown(flow.expression(scope, expr.value), expr.name)


def _call(flow: Flow, expr: s.Call, scope: Scope) -> Type:
    if isinstance(expr.func, s.Name) and expr.func.id == "super":
        return _super(flow, scope)
    rows = mapped.call(flow, expr, scope)
    if rows is not None:
        return rows
    return flow.invoke(flow.expression(scope, expr.func), expr, scope)


def _super(flow: Flow, scope: Scope) -> Type:
    method: Scope | None = scope
    while method is not None and method.activation.owner is None:
        method = method.activation.outer
    if method is None or method.activation.owner is None:
        return UNKNOWN
    return Super(flow.receiver(method.activation), method.activation.owner)


def _constant(flow: Flow, expr: s.Str | s.Lit, scope: Scope) -> Type:
    return Constant(expr.value)


def _bytes(flow: Flow, expr: s.Bytes, scope: Scope) -> Type:
    return Scalar("bytes")


def _fstring(flow: Flow, expr: s.FString, scope: Scope) -> Type:
    parts = [flow.expression(scope, part) for part in expr.parts]
    return _joined_text(parts)


def _joined_text(parts: list[Type]) -> Type:
    """Texts put together; with a few alternatives for one part, as many for the whole."""
    texts = [""]
    for part in parts:
        values = [m.value for m in members(part) if isinstance(m, Constant) and isinstance(m.value, (str, int))]
        if len(values) != len(members(part)) or len(texts) * len(values) > 8:
            return STR
        texts = [text + str(value) for text in texts for value in values]
    return union(*(Constant(text) for text in texts))


def _display(flow: Flow, expr: s.Seq, scope: Scope) -> Type:
    starred = any(isinstance(item, s.Starred) for item in expr.items)
    if expr.kind == "tuple" and not starred and len(expr.items) <= LONGEST_TUPLE:
        return TupleType(tuple(flow.expression(scope, item) for item in expr.items))
    element: Type = NEVER
    for item in expr.items:
        if isinstance(item, s.Starred):
            kind = flow.iterate(flow.expression(scope, item.value))
        else:
            kind = flow.expression(scope, item)
        element = union(element, kind)
        if isinstance(element, UnknownType):
            break
    return Sequence(element)


def _dict(flow: Flow, expr: s.Dict, scope: Scope) -> Type:
    found = DictType(values=NEVER)
    for key, value in expr.items:
        kind = flow.expression(scope, value)
        if key is None:
            found = merged(found, kind)
        else:
            found = with_key(found, flow.expression(scope, key), kind)
    return found


def merged(base: DictType, other: Type) -> DictType:
    """`{**base, **other}`; what is not known of `other` leaves the keys open."""
    for member in members(other):
        base = base.updated(member if isinstance(member, DictType) else DictType(is_open=True))
    return base


def with_key(base: DictType, key: Type, value: Type) -> DictType:
    keys = [m.value for m in members(key) if isinstance(m, Constant)]
    if len(keys) != len(members(key)) or not keys:
        return DictType(base.items, True, union(value, *([base.values] if base.is_open else [])))
    for name in keys:
        if isinstance(name, str):
            known = base.get(name) if len(keys) > 1 else None
            base = base.with_item(name, union(known, value) if known is not None else value)
        else:
            base = DictType(base.items, True, union(value, *([base.values] if base.is_open else [])))
    return base


def _subscript(flow: Flow, expr: s.Sub, scope: Scope) -> Type:
    value = flow.expression(scope, expr.value)
    if isinstance(expr.index, s.Unknown):  # a slice
        return _sliced(value)
    return union(*(_item(flow, m, expr.index, scope) for m in members(value)))


def _sliced(value: Type) -> Type:
    kept: list[Type] = []
    for member in members(value):
        if isinstance(member, TupleType):
            kept.append(Sequence(union(*member.items)))
        elif isinstance(member, (Sequence, QuerySet)):
            kept.append(member)
        elif isinstance(member, (Constant, Scalar)):
            kept.append(STR)
        else:
            return UNKNOWN
    return union(*kept)


def _item(flow: Flow, value: Type, index: s.Expr, scope: Scope) -> Type:
    if isinstance(value, DictType):
        key = flow.expression(scope, index)
        found = [
            value.get(m.value) if isinstance(m, Constant) and isinstance(m.value, str) else None for m in members(key)
        ]
        known = [kind for kind in found if kind is not None]
        if len(known) == len(found):
            return union(*known)
        if any(isinstance(m, Constant) for m in members(key)):
            return value.values if value.is_open and not known else UNKNOWN
        return flow.item(value, None)  # some key: any of the values, or a KeyError
    if isinstance(value, TupleType):
        position = index.value if isinstance(index, s.Lit) else None
        return flow.item(value, position if isinstance(position, int) else None)
    return flow.item(value, None)


def _operation(flow: Flow, expr: s.Op, scope: Scope) -> Type:
    if expr.op in _COMPARISONS:
        return BOOL
    if expr.op.startswith("unary"):
        return UNKNOWN if expr.op == "unary~" else Scalar("number")
    return flow.operate(expr.op, [flow.expression(scope, operand) for operand in expr.operands])


def operate(flow: Flow, op: str, operands: list[Type]) -> Type:
    if op == "or":
        # What is false of an earlier operand is not given; of what can be false only None and constants are dropped.
        kept = [_truthy(operand) for operand in operands[:-1]]
        return union(*kept, operands[-1])
    if op == "and":
        return union(*operands)
    if op == "|" and isinstance(operands[0], DictType):
        found = operands[0]
        for operand in operands[1:]:
            found = merged(found, operand)
        return found
    if op in ("|", "&", "^", "-"):
        if all(isinstance(m, (QuerySet, Sequence)) for operand in operands for m in members(operand)):
            return operands[0] if op == "-" else _combined(operands)
        return UNKNOWN
    if op == "+":
        if all(isinstance(operand, (Constant, Scalar, Union_)) for operand in operands):
            return _joined_text(operands) if _is_text(operands[0]) else Scalar("number")
        if all(isinstance(m, (Sequence, TupleType)) for operand in operands for m in members(operand)):
            return Sequence(union(*(flow.iterate(operand) for operand in operands)))
        return UNKNOWN
    if op == "%" and _is_text(operands[0]):
        return _formatted(operands[0], operands[1])
    return UNKNOWN


def _formatted(text: Type, value: Type) -> Type:
    """`"emails/%s.html" % name`, where both are known."""
    written = text.value if isinstance(text, Constant) else None
    parts = value.items if isinstance(value, TupleType) else (value,)
    if not isinstance(written, str) or written.count("%") != 1 or "%s" not in written or len(parts) != 1:
        return STR
    before, _, after = written.partition("%s")
    return _joined_text([Constant(before), *parts, Constant(after)])


def _combined(operands: list[Type]) -> Type:
    """`a | b` of two querysets is one of the left one's class with the names of both."""
    first = operands[0]
    if isinstance(first, QuerySet):
        others = [o for o in operands[1:] if isinstance(o, QuerySet)]
        if len(others) == len(operands) - 1 and all(o.model is first.model for o in others):
            extra = first.extra.union(*(o.extra for o in others))
            is_open = first.is_open or any(o.is_open for o in others)
            return QuerySet(first.model, extra, is_open, first.rows, False, first.classes, first.columns)
    return union(*operands)


def _truthy(kind: Type) -> Type:
    return union(*(m for m in members(kind) if not (isinstance(m, Constant) and not m.value)))


def _is_text(kind: Type) -> bool:
    return all(
        (isinstance(m, Constant) and isinstance(m.value, str)) or (isinstance(m, Scalar) and m.name == "str")
        for m in members(kind)
    )


def _conditional(flow: Flow, expr: s.Cond, scope: Scope) -> Type:
    return union(flow.expression(scope, expr.body), flow.expression(scope, expr.orelse))


def comprehension_scope(expr: s.Comp, scope: Scope) -> Scope:
    """The scope of a comprehension's element, with the variables of its clauses bound."""
    for clause in expr.clauses:
        scope = clause_scope(clause, scope)
    return scope


def clause_scope(clause: s.Clause, scope: Scope) -> Scope:
    return _bind_target(scope, clause.target, d.Element(scope.env, clause.iterable))


def _bind_target(scope: Scope, target: s.Expr, definition: d.Definition) -> Scope:
    if isinstance(target, s.Name):
        return scope.bind(target.id, definition)
    if isinstance(target, s.Seq):
        starred = any(isinstance(item, s.Starred) for item in target.items)
        for index, item in enumerate(target.items):
            part = d.Part(scope.env, definition, None if starred else index)
            scope = _bind_target(scope, item.value if isinstance(item, s.Starred) else item, part)
    return scope


def lambda_scope(expr: s.Lambda, scope: Scope) -> Scope:
    """The scope of a lambda's body; what its parameters are is not known."""
    for param in expr.params:
        scope = scope.bind(param.name, d.Assigned(scope.env, s.Unknown()))
    return scope


def _comprehension(flow: Flow, expr: s.Comp, scope: Scope) -> Type:
    inner = comprehension_scope(expr, scope)
    if expr.kind == "dict":
        value = expr.element.items[0][1] if isinstance(expr.element, s.Dict) and expr.element.items else s.Unknown()
        return DictType((), True, flow.expression(inner, value))
    return Sequence(flow.expression(inner, expr.element))


def _lambda(flow: Flow, expr: s.Lambda, scope: Scope) -> Type:
    return LambdaType(expr, scope)


def _walrus(flow: Flow, expr: s.Walrus, scope: Scope) -> Type:
    return flow.expression(scope, expr.value)


def _await(flow: Flow, expr: s.Await, scope: Scope) -> Type:
    """Asynchronous calls are followed as if they were plain ones, so there is nothing left to wait for."""
    return flow.expression(scope, expr.value)


_HANDLERS: dict[type, Callable[[Any, Any, Scope], Type]] = {
    s.Name: _name,
    s.Attr: _attribute,
    s.Call: _call,
    s.Str: _constant,
    s.Lit: _constant,
    s.Bytes: _bytes,
    s.FString: _fstring,
    s.Seq: _display,
    s.Dict: _dict,
    s.Sub: _subscript,
    s.Op: _operation,
    s.Cond: _conditional,
    s.Comp: _comprehension,
    s.Lambda: _lambda,
    s.Walrus: _walrus,
    s.Await: _await,
}
