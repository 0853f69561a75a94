"""The ways in which a name gets its value. Each knows what is bound where it stands, and is evaluated only when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.types import (
    NEVER,
    NONE,
    UNKNOWN,
    DictType,
    LibraryThing,
    PendingType,
    Sequence,
    Type,
    UnknownType,
    members,
    union,
)

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.flow.scopes import Activation, Env


class Definition:
    """`env`: what is bound where the definition stands."""

    __slots__ = ("env",)

    def __init__(self, env: Env) -> None:
        self.env = env

    def evaluate(self, flow: Flow, activation: Activation) -> Type:
        raise NotImplementedError


class Assigned(Definition):
    """`name = expr`."""

    __slots__ = ("expr",)

    def __init__(self, env: Env, expr: s.Expr) -> None:
        super().__init__(env)
        self.expr = expr

    def evaluate(self, flow: Flow, activation: Activation) -> Type:
        return flow.read(self.expr, activation, self.env)


class Annotated(Definition):
    """`name: annotation [= …]`: the value says more where it is known."""

    __slots__ = ("annotation", "value")

    def __init__(self, env: Env, annotation: s.Expr, value: Definition | None) -> None:
        super().__init__(env)
        self.annotation = annotation
        self.value = value

    def evaluate(self, flow: Flow, activation: Activation) -> Type:
        value = flow.value_of(self.value, activation) if self.value is not None else UNKNOWN
        if isinstance(value, (UnknownType, PendingType)) or value in (Sequence(NEVER), NONE):
            promised = flow.annotation(activation.unit, self.annotation, activation.owner)
            return value if isinstance(promised, UnknownType) else promised
        return value


class Element(Definition):
    """`for name in expr`."""

    __slots__ = ("expr",)

    def __init__(self, env: Env, expr: s.Expr) -> None:
        super().__init__(env)
        self.expr = expr

    def evaluate(self, flow: Flow, activation: Activation) -> Type:
        return flow.iterate(flow.read(self.expr, activation, self.env))


class Part(Definition):
    """One of several names that a value is unpacked to; the position is None where it cannot be said."""

    __slots__ = ("position", "whole")

    def __init__(self, env: Env, whole: Definition, position: int | None) -> None:
        super().__init__(env)
        self.whole = whole
        self.position = position

    def evaluate(self, flow: Flow, activation: Activation) -> Type:
        whole = flow.value_of(self.whole, activation)
        if self.position is None:
            return flow.iterate(whole)
        return flow.item(whole, self.position)


class Rest(Definition):
    """`*name` among the names that a value is unpacked to."""

    __slots__ = ("whole",)

    def __init__(self, env: Env, whole: Definition) -> None:
        super().__init__(env)
        self.whole = whole

    def evaluate(self, flow: Flow, activation: Activation) -> Type:
        return Sequence(flow.iterate(flow.value_of(self.whole, activation)))


class Entered(Definition):
    """`with expr as name`."""

    __slots__ = ("expr",)

    def __init__(self, env: Env, expr: s.Expr) -> None:
        super().__init__(env)
        self.expr = expr

    def evaluate(self, flow: Flow, activation: Activation) -> Type:
        return flow.entered(flow.read(self.expr, activation, self.env))


class Parameter(Definition):
    __slots__ = ("index", "param")

    def __init__(self, env: Env, param: s.Param, index: int) -> None:
        super().__init__(env)
        self.param = param
        self.index = index

    def evaluate(self, flow: Flow, activation: Activation) -> Type:
        return flow.parameter(activation, self.param, self.index)


class Caught(Definition):
    """`except expr as name`."""

    __slots__ = ("expr",)

    def __init__(self, env: Env, expr: s.Expr | None) -> None:
        super().__init__(env)
        self.expr = expr

    def evaluate(self, flow: Flow, activation: Activation) -> Type:
        return LibraryThing("builtins.Exception", True)


class Joined(Definition):
    """Any of several: where branches meet, and at the head of a loop."""

    __slots__ = ("options",)

    def __init__(self, env: Env, options: list[Definition]) -> None:
        super().__init__(env)
        self.options = options

    def evaluate(self, flow: Flow, activation: Activation) -> Type:
        found: Type = NEVER
        for option in self.options:
            found = union(found, flow.value_of(option, activation))
            if isinstance(found, UnknownType):
                break
            flow.solver.widen(activation.values, self, found)
        return found


class Narrowed(Definition):
    """A name where `isinstance(name, expr)` is known to hold."""

    __slots__ = ("before", "expr")

    def __init__(self, env: Env, before: Definition, expr: s.Expr) -> None:
        super().__init__(env)
        self.before = before
        self.expr = expr

    def evaluate(self, flow: Flow, activation: Activation) -> Type:
        classes = self.expr.items if isinstance(self.expr, s.Seq) else (self.expr,)
        kinds = [flow.instance_of(flow.read(cls, activation, self.env)) for cls in classes]
        narrowed = union(*kinds)
        before = flow.value_of(self.before, activation)
        if isinstance(narrowed, UnknownType) or isinstance(before, UnknownType):
            return narrowed if isinstance(before, UnknownType) else before
        # What it was before may say more (annotations, a subclass): keep the members that the test lets pass.
        kept = [m for m in members(before) if flow.may_be(m, narrowed)]
        return union(*kept) if kept else narrowed


class Changed(Definition):
    """A name whose value is still the same object, after it was changed in place.

    A context filled in fifty statements is a chain of fifty of these; it is folded here, not recursed into."""

    __slots__ = ("before",)

    def __init__(self, env: Env, before: Definition) -> None:
        super().__init__(env)
        self.before = before

    def evaluate(self, flow: Flow, activation: Activation) -> Type:
        chain: list[Changed] = [self]
        start = self.before
        while isinstance(start, Changed) and start not in activation.values:
            chain.append(start)
            start = start.before
        value = flow.value_of(start, activation)
        for change in reversed(chain):
            value = union(*(change.apply(m, flow, activation) for m in members(value)))
        return value

    def apply(self, value: Type, flow: Flow, activation: Activation) -> Type:
        raise NotImplementedError


class WithItem(Changed):
    """`name[key] = …`."""

    __slots__ = ("key", "value")

    def __init__(self, env: Env, before: Definition, key: s.Expr, value: Definition) -> None:
        super().__init__(env, before)
        self.key = key
        self.value = value

    def apply(self, value: Type, flow: Flow, activation: Activation) -> Type:
        if not isinstance(value, (DictType, Sequence)):
            return value
        given = flow.value_of(self.value, activation)
        if isinstance(value, Sequence):
            return Sequence(union(value.element, given))
        return flow.with_key(value, flow.read(self.key, activation, self.env), given)


class Mutated(Changed):
    """`name.update(…)`, `name.append(…)` and the like."""

    __slots__ = ("call",)

    def __init__(self, env: Env, before: Definition, call: s.Call) -> None:
        super().__init__(env, before)
        self.call = call

    def apply(self, value: Type, flow: Flow, activation: Activation) -> Type:
        return flow.mutated(value, self.call, activation, self.env)


class Augmented(Changed):
    """`name += …`."""

    __slots__ = ("expr", "op")

    def __init__(self, env: Env, before: Definition, op: str, expr: s.Expr) -> None:
        super().__init__(env, before)
        self.op = op
        self.expr = expr

    def apply(self, value: Type, flow: Flow, activation: Activation) -> Type:
        return flow.operate(self.op, [value, flow.read(self.expr, activation, self.env)])


class LocalFunction(Definition):
    __slots__ = ("node",)

    def __init__(self, env: Env, node: s.FunctionDef) -> None:
        super().__init__(env)
        self.node = node

    def evaluate(self, flow: Flow, activation: Activation) -> Type:
        return flow.local_function(self.node, activation, self.env)


class LocalClass(Definition):
    __slots__ = ("node",)

    def __init__(self, env: Env, node: s.ClassDef) -> None:
        super().__init__(env)
        self.node = node

    def evaluate(self, flow: Flow, activation: Activation) -> Type:
        return flow.local_class(self.node, activation)


class Imported(Definition):
    __slots__ = ("node",)

    def __init__(self, env: Env, node: s.Import | s.ImportFrom) -> None:
        super().__init__(env)
        self.node = node

    def evaluate(self, flow: Flow, activation: Activation) -> Type:
        return flow.imported(self.node, activation.unit)
