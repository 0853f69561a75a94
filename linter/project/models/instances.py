"""What a value in a class body is an instance of, through functions that make fields, `partial`, names of other modules."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Union

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.models.arguments import Argument, Unsaid
from linter.project.models.expressions import calls
from linter.project.models.field_classes import FieldClass, FieldClasses, is_django
from linter.project.names import last_name
from linter.project.units import ClassSymbol, External, FunctionSymbol, Unit, ValueSymbol, walk

if TYPE_CHECKING:
    from linter.project.names import Names

DEEPEST = 8
_NAMING_ROWS = frozenset({"annotate", "alias", "extra", "raw"})

Options = dict[str, Union[Argument, Unsaid]]


class Made(msgspec.Struct, frozen=True, eq=False):
    """An instance: the call that makes it, of which class, and the options that its class gets."""

    unit: Unit
    call: s.Call
    field_class: FieldClass
    options: Options


class Instances:
    def __init__(self, names: Names, field_classes: FieldClasses) -> None:
        self.names = names
        self.field_classes = field_classes

    def of(self, unit: Unit, expr: s.Expr, owner: ClassSymbol | None, depth: int = 0) -> Made | None:
        """None for what surely contributes nothing to a model."""
        if depth > DEEPEST:
            return self._unknown(unit, s.Call(expr), "a chain of calls")
        if isinstance(expr, (s.Name, s.Attr)):
            symbol = self.names.follow(self.names.resolve(unit, expr))
            if isinstance(symbol, ValueSymbol) and isinstance(symbol.value, s.Call) and not symbol.unit.is_library:
                return self.of(symbol.unit, symbol.value, symbol.owner, depth + 1)
            return None
        if isinstance(expr, s.Cond):
            either = self.of(unit, expr.body, owner, depth + 1) or self.of(unit, expr.orelse, owner, depth + 1)
            return self._unknown(unit, s.Call(expr), "a field that depends on a condition") if either else None
        return self._called(unit, expr, owner, depth) if isinstance(expr, s.Call) else None

    def _called(self, unit: Unit, call: s.Call, owner: ClassSymbol | None, depth: int) -> Made | None:
        func = call.func
        if isinstance(func, s.Attr) and func.name == "as_manager":
            return self._manager(unit, call)
        if isinstance(func, s.Call):
            if isinstance(func.func, s.Attr) and func.func.name == "from_queryset":
                return self._manager(unit, call)
            return self._unknown(unit, call, "a field made by a call of a call")
        symbol = self.names.follow(self.names.resolve(unit, func, owner))
        if isinstance(symbol, (ClassSymbol, External)):
            found = self.field_classes.of(symbol)
            return None if found.kind == "attribute" and not found.contributes else self._made(unit, call, found)
        if isinstance(symbol, FunctionSymbol):
            return self._returned(symbol, unit, call, depth)
        if isinstance(symbol, ValueSymbol):
            return self._of_value(symbol, unit, call, depth)
        return self._unresolved(unit, call)

    def _made(self, unit: Unit, call: s.Call, field_class: FieldClass) -> Made:
        options = field_class.signature.options(unit, call) if field_class.is_field else {}
        return Made(unit, call, field_class, options)

    def _manager(self, unit: Unit, call: s.Call) -> Made:
        manager = self.names.find("django.db.models.manager.Manager")
        symbol = manager if isinstance(manager, ClassSymbol) else External("django.db.models.Manager")
        return self._made(unit, call, self.field_classes.of(symbol))

    def _unknown(self, unit: Unit, call: s.Call, what: str) -> Made:
        unknown = self.field_classes.of(External("?"))
        return Made(unit, call, replace(unknown, kind="unknown", open_reason=f"{what} in {unit.name}"), {})

    # --- functions that make fields ---

    def _returned(self, function: FunctionSymbol, outer: Unit, call: s.Call, depth: int) -> Made | None:
        """What a function returns, where that is one field; its parameters filled in."""
        unit = function.unit
        if unit.is_django:
            return None
        found: list[Made] = []
        statements = walk(unit.body(function.node).statements)
        local = {
            t.id: n.value for n, _ in statements if isinstance(n, s.Assign) for t in n.targets if isinstance(t, s.Name)
        }
        for node, _ in statements:
            if isinstance(node, s.Return) and node.value is not None and not node.is_yield:
                value = local.get(node.value.id) if isinstance(node.value, s.Name) else None
                given = self._given(function, node.value, outer, call, depth) if value is None else None
                if given is not None:
                    return given
                made = self._local_manager(function, value or node.value, outer, call, depth)
                made = made or self.of(unit, value or node.value, None, depth + 1)
                if made is not None:
                    found.append(made)
        if not found:
            is_wrapped = any(self.of(outer, arg, None, depth + 1) is not None for arg in call.args)
            return self._unknown(outer, call, f"what `{function.qualname}` makes of a field") if is_wrapped else None
        if len(found) == 1 and found[0].field_class.kind != "unknown":
            return replace(found[0], options=_filled(found[0], function, Argument(outer, call)))
        return self._unknown(outer, call, f"what `{function.qualname}` returns")

    def _given(self, function: FunctionSymbol, returned: s.Expr, outer: Unit, call: s.Call, depth: int) -> Made | None:
        """The field that a function is given and hands back: `accepts_json(models.TextField())`."""
        bound, _ = _bound(function, outer, call)
        argument = bound.get(returned.id) if isinstance(returned, s.Name) else None
        return self.of(argument.unit, argument.expr, None, depth + 1) if argument is not None else None

    def _local_manager(
        self, function: FunctionSymbol, returned: s.Expr, outer: Unit, call: s.Call, depth: int
    ) -> Made | None:
        """A manager of a class that stands in the function itself, maybe below one that the function is given:
        `class Manager(base): …; return Manager()`."""
        if not isinstance(returned, s.Call) or not isinstance(returned.func, s.Name):
            return None
        bound, _ = _bound(function, outer, call)
        for node, _ in walk(function.unit.body(function.node).statements):
            if (
                isinstance(node, s.ClassDef)
                and node.name == returned.func.id
                and not self._changes_rows(function, node)
            ):
                for base in node.bases:
                    given = bound.get(base.id) if isinstance(base, s.Name) else None
                    above = given or Argument(function.unit, base)
                    made = self._called(above.unit, s.Call(above.expr), None, depth + 1)
                    if made is not None and made.field_class.kind == "manager":
                        return made
        return None

    def _changes_rows(self, function: FunctionSymbol, node: s.ClassDef) -> bool:
        """Whether the methods of a class may put names on rows."""
        for method, _ in walk(node.body):
            if isinstance(method, s.FunctionDef):
                for statement, _ in walk(function.unit.body(method).statements):
                    value = getattr(statement, "value", None)  # of an assignment, a call, a `return`
                    if value is not None and any(last_name(call.func) in _NAMING_ROWS for call in calls(value)):
                        return True
        return False

    def _of_value(self, symbol: ValueSymbol, unit: Unit, call: s.Call, depth: int) -> Made | None:
        """A call of something that was assigned: `Manager.from_queryset(…)`, `partial(ForeignKey, …)`, `lazy(…)`."""
        value = symbol.value
        if isinstance(value, s.Call) and isinstance(value.func, s.Attr) and value.func.name == "from_queryset":
            return self._manager(unit, call)
        if symbol.unit.is_django:
            return None
        if isinstance(value, s.Call) and value.args:
            if self.names.full_name(symbol.unit, value.func) == "functools.partial":
                whole = s.Call(value.args[0], (*value.args[1:], *call.args), (*call.keywords, *value.keywords), call.at)
                return self._called(symbol.unit, whole, symbol.owner, depth + 1)
        if isinstance(value, s.Lambda):
            return self.of(symbol.unit, value.body, None, depth + 1)
        return self._unknown(unit, call, "a field of a class that is made by a call")

    def _unresolved(self, unit: Unit, call: s.Call) -> Made | None:
        """A builtin (`property(…)`), a method of a value (`"…".format()`); else something that was not found."""
        func = call.func
        if isinstance(func, s.Name):
            return None if hasattr(builtins, func.id) else self._unknown(unit, call, f"`{func.id}`")
        if not isinstance(func, s.Attr):
            return self._unknown(unit, call, "a call of what was not followed")
        root = func.value
        while isinstance(root, s.Attr):
            root = root.value
        if isinstance(root, s.Name) and not hasattr(builtins, root.id):
            base = self.names.follow(self.names.resolve(unit, root))
            if isinstance(base, ClassSymbol) and not is_django(base):
                return self._unknown(unit, call, f"`{func.name}`")
        return None


def _filled(made: Made, function: FunctionSymbol, outer: Argument) -> Options:
    """The options of a call inside a function, with what the function itself was called with in the parameters' places."""
    assert isinstance(outer.expr, s.Call)
    bound, rest = _bound(function, outer.unit, outer.expr)
    options = made.options
    spread = [k for k in made.call.keywords if not k.name]
    if len(spread) == 1 and _is_name(spread[0].value, _keywords(function.node)):
        plain = s.Call(made.call.func, made.call.args, tuple(k for k in made.call.keywords if k.name), made.call.at)
        signature = made.field_class.signature
        options = signature.options(made.unit, plain)
        options.update(
            (n, v) for n, v in signature.options(outer.unit, s.Call(plain.func, (), rest)).items() if _in(n, rest)
        )
    filled: Options = type(options)(options)
    for name, value in options.items():
        if isinstance(value, Argument) and value.unit is function.unit and isinstance(value.expr, s.Name):
            filled[name] = bound.get(value.expr.id, value)
    return filled


def _bound(function: FunctionSymbol, unit: Unit, call: s.Call) -> tuple[dict[str, Argument], tuple[s.Keyword, ...]]:
    """What the parameters of a function get, and the keywords left for its `**kwargs`."""
    params = [p for p in function.node.params if p.kind not in ("*", "**")]
    if function.owner is not None:
        params = params[1:]
    bound = {p.name: Argument(function.unit, p.default) for p in params if p.default is not None}
    bound.update((p.name, Argument(unit, arg)) for p, arg in zip(params, call.args, strict=False))
    names = {p.name for p in params}
    bound.update((k.name, Argument(unit, k.value)) for k in call.keywords if k.name in names)
    return bound, tuple(k for k in call.keywords if k.name not in names)


def _keywords(node: s.FunctionDef) -> str:
    return next((p.name for p in node.params if p.kind == "**"), "")


def _is_name(expr: s.Expr, name: str) -> bool:
    return isinstance(expr, s.Name) and expr.id == name


def _in(name: str, keywords: tuple[s.Keyword, ...]) -> bool:
    return any(keyword.name == name for keyword in keywords)
