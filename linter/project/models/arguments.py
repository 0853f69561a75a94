"""What a call of a field class hands to `Field.__init__` in the end.

`class NameField(CharField)` may well set `kwargs["unique"] = True` or give `null` another default on the way. So each
`__init__` of the chain is read once: which parameter of the call, or which fixed value, each option comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Union

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.models.expressions import calls
from linter.project.trace import memo
from linter.project.units import ClassSymbol, External, Unit

if TYPE_CHECKING:
    from linter.project.names import Names


class Argument(msgspec.Struct, frozen=True):
    """An expression together with the module in which it is written."""

    unit: Unit
    expr: s.Expr


class Given(msgspec.Struct, frozen=True):
    """What the call gives a parameter, else `default`, else nothing."""

    name: str
    default: Argument | None = None


class Unsaid(msgspec.Struct, frozen=True):
    """Something, but it cannot be said what."""


class Absent(msgspec.Struct, frozen=True):
    """Nothing: the option keeps its default."""


def is_none(given: Argument | Unsaid) -> bool:
    """Whether an argument is a literal None."""
    return isinstance(given, Argument) and isinstance(given.expr, s.Lit) and given.expr.value is None


UNSAID = Unsaid()
ABSENT = Absent()
Origin = Union[Argument, Given, Unsaid, Absent]


class Signature(msgspec.Struct, frozen=True):
    """How a class takes its arguments. `origins`: where each option comes from; every other keyword of the call is the
    option of its own name where `passes`, and dropped where not."""

    positional: tuple[str, ...] = ()
    origins: Mapping[str, Origin] = msgspec.field(default_factory=dict)
    passes: bool = True
    is_known: bool = True

    def options(self, unit: Unit, call: s.Call) -> dict[str, Argument | Unsaid]:
        """The options that a call sets."""
        given: dict[str, Argument] = {}
        for name, arg in zip(self.positional, call.args, strict=False):
            if isinstance(arg, s.Starred):
                break
            given[name] = Argument(unit, arg)
        given.update((k.name, Argument(unit, k.value)) for k in call.keywords if k.name)
        rest_unsaid = not call.is_exact or not self.is_known
        found: dict[str, Argument | Unsaid] = {}
        if self.passes:
            found.update((name, value) for name, value in given.items() if name not in self.origins)
        for name, origin in self.origins.items():
            value: Origin = origin
            if isinstance(origin, Given):
                value = given.get(origin.name) or (UNSAID if rest_unsaid else origin.default) or ABSENT
            if isinstance(value, (Argument, Unsaid)):
                found[name] = value
        return _Rest(found) if rest_unsaid else found


class _Rest(dict[str, Union[Argument, Unsaid]]):
    """Options of a call with `**kwargs`: those that are not written may be given all the same."""

    def get(self, key: str, default: object = None) -> object:  # type: ignore[override]
        return super().get(key, UNSAID)


class Signatures:
    def __init__(self, names: Names) -> None:
        self.names = names

    def of(self, symbol: ClassSymbol) -> Signature:
        order, complete = self.names.mro(symbol)
        found = self._along(order)
        return found if complete else replace(found, is_known=False)

    @memo
    def _along(self, order: tuple[ClassSymbol | External, ...]) -> Signature:
        for index, cls in enumerate(order):
            if isinstance(cls, External):
                return Signature(is_known=False) if cls.dotted not in ("object", "builtins.object") else Signature()
            node = cls.member("__init__")
            if isinstance(node, s.FunctionDef):
                return _Reading(cls.unit, node).signature(self._along(order[index + 1 :]))
            if node is not None:
                return Signature(is_known=False)
        return Signature()


class _State(msgspec.Struct):
    """What is known while an `__init__` runs: its local names, and what was done to its `**kwargs`."""

    local: dict[str, Origin]
    extra: dict[str, Origin] = msgspec.field(default_factory=dict)
    clobbered: bool = False  # keys that cannot be said were changed

    def copy(self) -> _State:
        return _State(dict(self.local), dict(self.extra), self.clobbered)


class _Reading:
    """One `__init__`, read."""

    def __init__(self, unit: Unit, node: s.FunctionDef) -> None:
        self.unit = unit
        self.node = node
        params = node.params[1:]
        self.own = [p for p in params if p.kind not in ("*", "**")]
        self.var_args = next((p.name for p in params if p.kind == "*"), None)
        self.var_keywords = next((p.name for p in params if p.kind == "**"), None)
        self.parameters: dict[str, Origin] = {p.name: Given(p.name, self._default(p)) for p in self.own}
        self.state = _State(dict(self.parameters))
        self.call: s.Call | None = None
        self.at_call = self.state

    def _default(self, param: s.Param) -> Argument | None:
        """The default of a parameter; None and False say what saying nothing says."""
        default = param.default
        if default is None or (isinstance(default, s.Lit) and default.value in (None, False)):
            return None
        return Argument(self.unit, default)

    def signature(self, parent: Signature) -> Signature:
        self.block(self.unit.body(self.node).statements)
        positional = tuple(p.name for p in self.own if p.kind != "kw")
        if self.call is None:  # the end of the chain
            return Signature(positional, self._with_default(), True)
        given, spreads, exact = self.forwarded(parent)
        state = self.at_call

        def origin(name: str, default: Argument | None) -> Origin:
            """What a parameter of the parent's `__init__` gets."""
            if name in given:
                return given[name]
            if not exact:
                return UNSAID
            if spreads:
                if name in state.extra:
                    value = state.extra[name]
                    return (default or ABSENT) if isinstance(value, Absent) else value
                if state.clobbered:
                    return UNSAID
                if name not in self.parameters:
                    return Given(name, default)
            return default or ABSENT

        origins: dict[str, Origin] = {}
        for name, value in parent.origins.items():
            origins[name] = origin(value.name, value.default) if isinstance(value, Given) else value
        if parent.passes:
            for name in {*given, *(state.extra if spreads else ())}:
                if name not in parent.origins:
                    origins[name] = origin(name, None)
        worth = self._with_default() if parent.passes and spreads else self.parameters
        for name, value in self.parameters.items():
            # One that goes no further up means what its own class makes of it.
            if name not in given and (name in origins or name in worth):
                origins[name] = value
        if self.var_args is not None and any(self._is_star(a) for a in self.call.args):
            first = next(i for i, a in enumerate(self.call.args) if self._is_star(a))
            positional += parent.positional[first:]
        passes = parent.passes and spreads
        return Signature(positional, origins, passes, parent.is_known and exact and not (spreads and state.clobbered))

    def _with_default(self) -> dict[str, Origin]:
        """The parameters that are worth a word; the others are the options of their own names."""
        return {n: v for n, v in self.parameters.items() if isinstance(v, Given) and v.default is not None}

    def _is_star(self, arg: s.Expr) -> bool:
        return isinstance(arg, s.Starred) and isinstance(arg.value, s.Name) and arg.value.id == self.var_args

    def forwarded(self, parent: Signature) -> tuple[dict[str, Origin], bool, bool]:
        """What the call of `super().__init__` gives by name, whether it hands on the `**kwargs`, and whether all of it
        could be read."""
        assert self.call is not None
        given: dict[str, Origin] = {}
        exact, spreads = True, False
        for index, arg in enumerate(self.call.args):
            if self._is_star(arg):
                break
            if isinstance(arg, s.Starred):
                exact = False
                break
            if index < len(parent.positional):
                given[parent.positional[index]] = self.origin(arg, self.at_call)
        for keyword in self.call.keywords:
            if keyword.name:
                given[keyword.name] = self.origin(keyword.value, self.at_call)
            elif isinstance(keyword.value, s.Name) and keyword.value.id == self.var_keywords:
                spreads = True
            else:
                exact = False
        return given, spreads, exact

    # --- statements ---

    def block(self, block: tuple[s.Stmt, ...]) -> None:
        for node in block:
            self.statement(node)

    def statement(self, node: s.Stmt) -> None:
        if isinstance(node, s.Assign) and node.value is not None:
            for target in node.targets:
                self.assign(target, node.value)
        elif isinstance(node, s.AugAssign):
            self.forget(node.target)
        elif isinstance(node, (s.ExprStmt, s.Return)) and isinstance(node.value, s.Call):
            self.expression(node.value)
        elif isinstance(node, s.If):
            for call in calls(node.test):  # `if not kwargs.setdefault("primary_key", True): raise …`
                self.expression(call)
            self.branches(node.body, node.orelse)
        elif isinstance(node, s.For):
            self.branches(node.body, ())
        elif isinstance(node, s.Try):
            self.branches((*node.body, *node.orelse), *(h.body for h in node.handlers))
            self.block(node.final)
        elif isinstance(node, s.With):
            self.block(node.body)

    def branches(self, *blocks: tuple[s.Stmt, ...]) -> None:
        """Either of the blocks runs; one that ends in `raise` leaves nothing."""
        before = self.state
        after: list[_State] = []
        for block in blocks:
            self.state = before.copy()
            self.block(block)
            if not (block and isinstance(block[-1], s.Jump) and block[-1].kind == "raise"):
                after.append(self.state)
        self.state = _merged(after) if after else before

    def assign(self, target: s.Expr, value: s.Expr) -> None:
        origin = self.origin(value, self.state)
        if isinstance(target, s.Name):
            self.state.local[target.id] = origin
            if target.id == self.var_keywords:
                self.state.clobbered = True
        elif isinstance(target, s.Sub) and self._is_keywords(target.value):
            if isinstance(target.index, s.Str):
                self.state.extra[target.index.value] = origin
            else:
                self.state.clobbered = True
        elif isinstance(target, s.Seq):
            for item in target.items:
                self.forget(item)

    def forget(self, target: s.Expr) -> None:
        if isinstance(target, s.Name):
            self.state.local[target.id] = UNSAID
            if target.id == self.var_keywords:
                self.state.clobbered = True

    def _is_keywords(self, expr: s.Expr) -> bool:
        return isinstance(expr, s.Name) and expr.id == self.var_keywords

    def expression(self, call: s.Call) -> None:
        if not isinstance(call.func, s.Attr):
            return
        if call.func.name == "__init__":
            self.call, self.at_call = self._without_self(call), self.state.copy()
        elif self._is_keywords(call.func.value):
            self.change(call.func.name, call)

    def _without_self(self, call: s.Call) -> s.Call:
        """`Base.__init__(self, …)` as `super().__init__(…)`."""
        assert isinstance(call.func, s.Attr)
        if isinstance(call.func.value, s.Call):
            return call
        return s.Call(call.func, call.args[1:], call.keywords, call.at)

    def change(self, method: str, call: s.Call) -> None:
        """A method of the `**kwargs` dict."""
        extra = self.state.extra
        if method == "update":
            for keyword in call.keywords:
                extra[keyword.name] = self.origin(keyword.value, self.state)
            for arg in call.args:
                if isinstance(arg, s.Dict) and all(isinstance(key, s.Str) for key, _ in arg.items):
                    extra.update((k.value, self.origin(v, self.state)) for k, v in arg.items if isinstance(k, s.Str))
                else:
                    self.state.clobbered = True
        elif not call.args or not isinstance(call.args[0], s.Str):
            self.state.clobbered = self.state.clobbered or method != "get"
        elif method == "pop":
            extra[call.args[0].value] = ABSENT
        elif method == "setdefault" and len(call.args) == 2:
            name = call.args[0].value
            if isinstance(extra.get(name, ABSENT), Absent):
                fixed = self.origin(call.args[1], self.state)
                extra[name] = Given(name, fixed) if isinstance(fixed, Argument) and name not in extra else fixed

    # --- expressions ---

    def origin(self, expr: s.Expr, state: _State) -> Origin:
        if isinstance(expr, s.Name):
            return state.local.get(expr.id) or Argument(self.unit, expr)
        if isinstance(expr, (s.Lit, s.Str, s.Attr)):
            return Argument(self.unit, expr)
        if isinstance(expr, s.Call) and isinstance(expr.func, s.Attr) and self._is_keywords(expr.func.value):
            return self.taken(expr.func.name, expr.args)
        if isinstance(expr, s.Sub) and self._is_keywords(expr.value) and isinstance(expr.index, s.Str):
            return self.state.extra.get(expr.index.value) or Given(expr.index.value)
        return UNSAID

    def taken(self, method: str, args: tuple[s.Expr, ...]) -> Origin:
        """`kwargs.pop("name", default)` and `kwargs.get(…)`."""
        if method not in ("pop", "get") or not args or not isinstance(args[0], s.Str):
            return UNSAID
        name = args[0].value
        known = self.state.extra.get(name)
        if method == "pop":
            self.state.extra[name] = ABSENT
        if known is not None:
            return known
        default = self.origin(args[1], self.state) if len(args) > 1 else None
        return Given(name, default) if default is None or isinstance(default, Argument) else UNSAID


def _merged(states: list[_State]) -> _State:
    first = states[0]
    for other in states[1:]:
        first = _State(
            _common(first.local, other.local), _common(first.extra, other.extra), first.clobbered or other.clobbered
        )
    return first


def _common(a: dict[str, Origin], b: dict[str, Origin]) -> dict[str, Origin]:
    return {name: a[name] if name in a and name in b and a[name] == b[name] else UNSAID for name in {**a, **b}}
