"""What a call gives: functions of the source are read, with what their parameters are given; the rest goes by rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow import attributes, framework, iteration, library, managers, mapped, querysets, views
from linter.project.flow.expressions import lambda_scope
from linter.project.flow.scopes import Activation, Scope, Value, Written
from linter.project.types import (
    NEVER,
    NONE,
    UNKNOWN,
    ClassType,
    Constant,
    DictType,
    Function,
    Instance,
    LambdaType,
    LibraryThing,
    Method,
    ModelInstance,
    PendingType,
    QuerySet,
    Scalar,
    Sequence,
    Type,
    UnknownType,
    members,
    union,
)
from linter.project.units import FunctionSymbol

if TYPE_CHECKING:
    from linter.project.flow import Flow

# Decorators after which a call still gives what the function returns.
TRANSPARENT = frozenset({
    "wraps", "lru_cache", "cache", "atomic", "non_atomic_requests", "abstractmethod", "overload", "override",
    "final", "staticmethod", "classmethod", "login_required", "permission_required", "user_passes_test",
    "staff_member_required", "require_http_methods", "require_POST", "require_GET", "require_safe", "never_cache",
    "cache_page", "cache_control", "csrf_exempt", "csrf_protect", "ensure_csrf_cookie", "vary_on_headers",
    "vary_on_cookie", "gzip_page", "xframe_options_exempt", "xframe_options_sameorigin", "sensitive_variables",
    "sensitive_post_parameters", "method_decorator", "receiver", "register", "action", "display", "filter",
    "simple_tag", "inclusion_tag", "shared_task", "task", "job", "db_task", "override_settings", "skip", "skipIf",
    "skipUnless", "keep_lazy", "mark_safe", "async_to_sync", "sync_to_async", "route", "get", "post", "put",
    "delete", "patch", "fixture", "parametrize", "django_db", "deprecated", "singledispatch", "admin_display",
    "no_type_check", "typing_override", "hook", "property", "cached_property", "tag", "expectedFailure",
})  # fmt: skip
CONTEXT_MANAGERS = frozenset({"contextmanager", "asynccontextmanager"})


class Arguments:
    """The arguments of a call: written ones, looked at only when asked, or types given directly."""

    def __init__(
        self,
        flow: Flow,
        call: s.Call | None,
        scope: Scope | None,
        given: tuple[Type, ...] = (),
        named: Mapping[str, Type] | None = None,
    ) -> None:
        self.flow = flow
        self.scope = scope
        self.written: tuple[s.Expr, ...] = call.args if call is not None else ()
        self.keywords: tuple[s.Keyword, ...] = call.keywords if call is not None else ()
        self.given = given
        self.named: Mapping[str, Type] = named or {}

    @classmethod
    def of(cls, flow: Flow, given: tuple[Type, ...], named: Mapping[str, Type]) -> Arguments:
        return cls(flow, None, None, given, named)

    @property
    def is_exact(self) -> bool:
        return all(k.name for k in self.keywords) and not any(isinstance(a, s.Starred) for a in self.written)

    def positional(self) -> list[Value]:
        """Those whose position is certain."""
        found: list[Value] = list(self.given)
        for argument in self.written:
            if isinstance(argument, s.Starred) or self.scope is None:
                break
            found.append(Written(argument, self.scope))
        return found

    def keyword(self, name: str) -> Value | None:
        if name in self.named:
            return self.named[name]
        for keyword in self.keywords:
            if keyword.name == name and self.scope is not None:
                return Written(keyword.value, self.scope)
        return None

    def at(self, position: int, name: str = "") -> Type | None:
        """What an argument is that is given by position or by name; None where it is not given."""
        found = self.positional()
        value = found[position] if 0 <= position < len(found) else self.keyword(name) if name else None
        return self.flow.given(value) if value is not None else None

    def expr(self, name: str) -> s.Expr | None:
        return next((k.value for k in self.keywords if k.name == name), None)


# --- calling ----------------------------------------------------------------------------------------------------------


def call(flow: Flow, callee: Type, arguments: Arguments) -> Type:
    if isinstance(callee, PendingType):
        return callee
    if isinstance(callee, Function):
        found = call_function(flow, callee, arguments)
        name = callee.symbol.node.name
        if isinstance(callee.receiver, QuerySet) and name in querysets.NAMING:
            return querysets.overridden(flow, callee.receiver, name, found, arguments)
        return found
    if isinstance(callee, ClassType):
        if managers.is_manager_class(flow, callee.symbol):
            return _queryset_of(flow, callee, arguments)
        made = library.constructed(flow, callee, arguments)
        return made if made is not None else instance(flow, callee)
    if isinstance(callee, Method):
        return call_method(flow, callee, arguments)
    if isinstance(callee, LibraryThing):
        return library.call(flow, callee, arguments)
    if isinstance(callee, LambdaType):
        return _call_lambda(flow, callee, arguments)
    if isinstance(callee, QuerySet):
        return managers.chosen(flow, callee, arguments.at(-1, "manager"))
    if isinstance(callee, Instance):
        target = flow.attribute_or_unknown(callee, "__call__")
        return flow.call_with(target, arguments) if isinstance(target, Function) else UNKNOWN
    return UNKNOWN


def _queryset_of(flow: Flow, callee: ClassType, arguments: Arguments) -> Type:
    """`SomeQuerySet(Model, using=…)`, `SomeManager()`."""
    model = arguments.at(0, "model")
    kinds = members(model) if model is not None else frozenset()
    models = [m.model for m in kinds if isinstance(m, ClassType) and m.model is not None]
    if not models or len(models) != len(kinds):
        return instance(flow, callee)
    own = () if managers.is_plain(callee.symbol) else (callee.symbol,)
    return union(*(QuerySet(model, classes=own) for model in models))


def _call_lambda(flow: Flow, callee: LambdaType, arguments: Arguments) -> Type:
    """A lambda's parameters are not followed: only what does not depend on them is known."""
    return flow.expression(lambda_scope(callee.node, callee.scope), callee.node.body)


def call_method(flow: Flow, callee: Method, arguments: Arguments) -> Type:
    receiver = callee.receiver
    if isinstance(receiver, LibraryThing) and receiver.dotted in mapped.KINDS:
        return mapped.method(flow, receiver, callee.name, arguments)
    if isinstance(receiver, QuerySet):
        return querysets.call(flow, receiver, callee.name, arguments)
    if isinstance(receiver, LibraryThing):
        return library.call_method(flow, receiver, callee.name, arguments)
    if isinstance(receiver, (Instance, ClassType, ModelInstance)):
        return views.call(flow, receiver, callee.name, arguments)
    return iteration.call(flow, receiver, callee.name, arguments)


def call_function(flow: Flow, callee: Function, arguments: Arguments) -> Type:
    symbol = callee.symbol
    ruled = library.function_rule(flow, callee, arguments)
    if ruled is not None:
        return ruled
    if not symbol.unit.is_library and not _is_readable(symbol.node):
        return _annotated_result(flow, symbol)
    key = (
        symbol.unit.path,
        symbol.node.body,
        callee.receiver,
        id(callee.closure.activation) if callee.closure else None,
    )
    if key not in flow.sensitive:
        activation = flow.activation(symbol, callee.receiver, callee.closure)
        found = flow.solver.solve(flow.results, key, lambda: result(flow, activation))
        if not activation.touched:
            return found
        flow.sensitive.add(key)
    given = bind(flow, symbol, callee.receiver is not None, arguments)
    types = tuple((name, flow.given(value)) for name, value in given.items())
    if not any(isinstance(kind, UnknownType) is False for _, kind in types):
        return flow.solver.solve(flow.results, key, lambda: UNKNOWN)
    return flow.solver.solve(flow.results, (*key, types), lambda: _with_arguments(flow, callee, dict(types)))


def _with_arguments(flow: Flow, callee: Function, given: Mapping[str, Value]) -> Type:
    symbol = callee.symbol
    return result(
        flow,
        Activation(symbol.unit, symbol.node, symbol, symbol.owner, callee.receiver, given, callee.closure),
    )


def _is_readable(node: s.FunctionDef) -> bool:
    """Whether every decorator leaves what the function returns as it is."""
    return all(
        attributes.called_name(decorator) in TRANSPARENT | CONTEXT_MANAGERS | attributes.PROPERTIES
        for decorator in node.decorators
    )


def _annotated_result(flow: Flow, symbol: FunctionSymbol) -> Type:
    if symbol.node.returns is None:
        return UNKNOWN
    return flow.annotation(symbol.unit, symbol.node.returns, symbol.owner)


def result(flow: Flow, activation: Activation) -> Type:
    """What a function gives: the union of its returns; where that is not known, what its annotation promises."""
    symbol = activation.symbol
    assert symbol is not None
    if not symbol.unit.body(symbol.node).statements:
        return _annotated_result(flow, symbol)  # a stub
    frame = flow.frame(symbol)
    found: Type = NEVER
    for returned in frame.results:
        if frame.is_generator and not returned.is_yield:
            continue
        value = flow.read(returned.expr, activation, returned.env) if returned.expr is not None else NONE
        found = union(found, value)
        if isinstance(found, UnknownType):
            break
    if found == NEVER and symbol.owner is not None:
        found = UNKNOWN  # a method that only raises is there to be overridden
    if isinstance(found, UnknownType):
        return _annotated_result(flow, symbol)
    if frame.is_generator:
        if any(attributes.called_name(decorator) in CONTEXT_MANAGERS for decorator in symbol.node.decorators):
            return LibraryThing("contextlib.contextmanager", True, (found,))
        return Sequence(found)
    return found


def bind(flow: Flow, symbol: FunctionSymbol, is_bound: bool, arguments: Arguments) -> dict[str, Value]:
    """What each parameter is given by a call. A parameter that may be given unseen is UNKNOWN."""
    params = [p for p in symbol.node.params if p.kind not in ("*", "**", "kw")]
    if is_bound:
        params = params[1:]
    bound: dict[str, Value] = {}
    positional = arguments.positional()
    for param, value in zip(params, positional, strict=False):
        bound[param.name] = value
    sees_all = arguments.is_exact
    spread = _spread(flow, arguments)
    default_scope = flow.class_scope(symbol.owner) if symbol.owner else flow.module_scope(symbol.unit)
    for param in symbol.node.params[1 if is_bound else 0 :]:
        if param.name in bound:
            continue
        if param.kind == "*":
            rest = positional[len(params) :]
            bound[param.name] = Sequence(union(*(flow.given(v) for v in rest))) if sees_all else Sequence(UNKNOWN)
        elif param.kind == "**":
            bound[param.name] = _remaining(flow, symbol, arguments, spread)
        else:
            value_ = arguments.keyword(param.name)
            if value_ is None and spread is not None:
                value_ = spread.get(param.name)
            if value_ is None and not sees_all and not (spread is not None and not spread.is_open):
                value_ = UNKNOWN
            if value_ is None and param.default is not None:
                value_ = Written(param.default, default_scope)
            bound[param.name] = value_ if value_ is not None else UNKNOWN
    return bound


def _spread(flow: Flow, arguments: Arguments) -> DictType | None:
    """All that `**expr` arguments hold, None where there are none."""
    found: DictType | None = None
    for keyword in arguments.keywords:
        if not keyword.name and arguments.scope is not None:
            kind = flow.expression(arguments.scope, keyword.value)
            found = (found or DictType(values=NEVER)).updated(
                kind if isinstance(kind, DictType) else DictType(is_open=True)
            )
    return found


def _remaining(flow: Flow, symbol: FunctionSymbol, arguments: Arguments, spread: DictType | None) -> Type:
    """What `**kwargs` receives: the keywords that no parameter has."""
    taken = {p.name for p in symbol.node.params if p.kind not in ("*", "**")}
    items: dict[str, Type] = {}
    if spread is not None:
        items.update((name, kind) for name, kind in spread.items if name not in taken)
    items.update((name, kind) for name, kind in arguments.named.items() if name not in taken)
    for keyword in arguments.keywords:
        if keyword.name and keyword.name not in taken and arguments.scope is not None:
            items[keyword.name] = flow.expression(arguments.scope, keyword.value)
    is_open = spread is not None and spread.is_open
    return DictType(tuple(items.items()), is_open, spread.values if spread is not None and is_open else NEVER)


# --- instances, receivers, parameters ---------------------------------------------------------------------------------


def instance(flow: Flow, kind: Type, or_subclass: bool = False) -> Type:
    """An instance of a class."""
    if isinstance(kind, ClassType):
        or_subclass = or_subclass or kind.or_subclass
        if kind.model is not None:
            return ModelInstance(kind.model, or_subclass=or_subclass)
        if managers.is_manager_class(flow, kind.symbol):
            found = managers.of_class(flow, kind.symbol)
            return union(*found) if found else UNKNOWN
        if kind.symbol.unit.is_library and library.is_request(kind.symbol.dotted):
            return library.request(flow)
        return Instance(kind.symbol, or_subclass)
    if isinstance(kind, LibraryThing) and not kind.called:
        return library.instance(kind)
    if kind == NONE:
        return NONE
    return UNKNOWN


def may_be(flow: Flow, kind: Type, other: Type) -> bool:
    """Whether a value of `kind` passes `isinstance` with the class of `other`; None and constants never do."""
    if isinstance(kind, Constant):
        return isinstance(other, Scalar) or any(isinstance(m, Scalar) for m in members(other))
    cls = attributes.class_of(kind)
    targets = [attributes.class_of(m) for m in members(other)]
    if cls is None or any(target is None for target in targets):
        return True
    order, complete = flow.names.mro(cls)
    return not complete or any(target in order for target in targets)


def receiver(flow: Flow, activation: Activation) -> Type:
    symbol = activation.symbol
    if activation.receiver is not None:
        return activation.receiver
    owner = activation.owner
    if symbol is None or owner is None:
        return UNKNOWN
    kind = attributes.decoration(symbol.node)
    is_class = kind == "class" or symbol.node.name == "__new__"
    found = [ClassType(model.symbol, model, True) for model in flow.hierarchy.concrete_models(owner)]
    classes = found or [ClassType(owner, flow.project.models.of(owner), True)]
    return union(*(cls if is_class else instance(flow, cls) for cls in classes))


def parameter(flow: Flow, activation: Activation, param: s.Param, index: int) -> Type:
    symbol = activation.symbol
    assert symbol is not None
    apps = flow.project.history.apps_given(symbol, index)
    if apps is None and index == 0 and symbol.owner is not None and attributes.decoration(symbol.node) != "static":
        return receiver(flow, activation)
    activation.touched = True
    value = activation.arguments.get(param.name)
    found = flow.given(value) if value is not None else UNKNOWN
    if not isinstance(found, UnknownType):
        return found
    if param.kind == "**":
        return DictType(is_open=True)
    if param.kind == "*":
        return Sequence(UNKNOWN)
    if apps is not None:
        return apps
    if param.annotation is not None:
        return flow.annotation(activation.unit, param.annotation, activation.owner)
    return framework.parameter(flow, activation, param, index)
