"""Calls that render a template: Django's shortcuts and responses, template objects, Flask, Starlette, plain Jinja."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Union

import msgspec

from linter.facts import syntax as s
from linter.project.contexts import Engine, Render, Where, template_names
from linter.project.contexts.callers import readings
from linter.project.flow import library
from linter.project.flow.names import is_django, is_in
from linter.project.flow.scopes import Activation, Scope, Written
from linter.project.names import last_name
from linter.project.types import (
    NONE,
    ClassType,
    Constant,
    Function,
    Instance,
    LibraryThing,
    Type,
    members,
)
from linter.project.units import ClassSymbol, FunctionSymbol, Unit

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.flow import Flow

# Of `extract.python.GATES`: a file without any of them renders nothing.
GATES = ("render(", "render_to_", "render_template(", "stream_template(", "TemplateResponse(", "inclusion_tag(")
LAST_NAMES = frozenset({
    "render", "render_to_string", "render_to_response", "render_template", "TemplateResponse",
    "SimpleTemplateResponse", "render_async", "stream_template",
})  # fmt: skip
# Of Django's functions: the positions of the template's name and of the context.
DJANGO = {
    "render": ("shortcuts", 1, 2),
    "render_to_response": ("shortcuts", 0, 1),
    "render_to_string": ("template", 0, 1),
    "TemplateResponse": ("template", 1, 2),
    "SimpleTemplateResponse": ("template", 0, 1),
}
NAME_KEYWORDS = ("template_name", "template", "name", "template_name_or_list")


class Call(msgspec.Struct, frozen=True):
    """A call that renders. What names the template and what the context is are looked at in the scope of a reading."""

    name: s.Expr
    context: s.Expr
    engine: Engine


def renders(project: Project, unit: Unit) -> Iterator[Render]:
    """Those that calls of one module make."""
    if not any(gate in unit.module.uses for gate in GATES):
        return
    flow = project.flow
    functions = sorted(project.functions(unit), key=lambda f: f.node.body)
    bodies = unit.bodies_with(LAST_NAMES)
    lowest = 0
    for function in functions:
        yield from _inclusion_tags(project, function)
        own = bisect_right(bodies, function.node.body)
        if own == lowest:
            continue  # neither it nor a function inside it renders
        lowest = own
        for call, scope in flow.calls(function):
            found = render_call(flow, call, scope)
            if found is not None:
                yield from _read(project, function, call, found, scope)


def _inclusion_tags(project: Project, function: FunctionSymbol) -> Iterator[Render]:
    """`@register.inclusion_tag("name.html")`: the function's result is the context."""
    flow = project.flow
    for decorator in function.node.decorators:
        if not (isinstance(decorator, s.Call) and last_name(decorator.func) == "inclusion_tag"):
            continue
        name = decorator.args[0] if decorator.args else decorator.keyword("filename")
        if name is None:
            continue
        names = template_names(flow.expression(flow.module_scope(function.unit), name))
        where = Where(function.unit, function.node.at)
        yield Render(project, names, where, function, "django", lambda: flow.result(flow.activation(function)))


def _read(project: Project, function: FunctionSymbol, call: s.Call, found: Call, scope: Scope) -> Iterator[Render]:
    """A render in each reading of its function: for each class that inherits the method, for each known caller."""
    where = Where(scope.unit, call.at, scope.activation.function)
    unknown: Render | None = None
    known = False
    for reading, view in _readings(project.flow, function, found, scope):
        names = template_names(project.flow.expression(reading, found.name)) or _by_default(
            project.flow, found, reading
        )
        work_out = _worked_out(project.flow, found, reading)
        render = Render(project, names, where, view, found.engine, work_out, (found.context, reading))
        if names:
            known = True
            yield render
        else:
            unknown = render
    if unknown is not None and not known:
        yield unknown


def _by_default(flow: Flow, found: Call, scope: Scope) -> tuple[str, ...]:
    """The templates that a function renders whose name for them is a parameter that nobody is known to give."""
    function = scope.activation.symbol
    if function is None or scope.activation.arguments:
        return ()
    outside = flow.module_scope(function.unit)
    given = {p.name: Written(p.default, outside) for p in function.node.params if isinstance(p.default, s.Str)}
    if not given:
        return ()
    own = scope.activation
    reading = Activation(own.unit, function.node, function, own.owner, own.receiver, given, own.outer)
    return template_names(flow.expression(Scope(reading, scope.env), found.name))


def _worked_out(flow: Flow, found: Call, reading: Scope) -> Callable[[], Type]:
    return lambda: flow.expression(reading, found.context)


def _readings(
    flow: Flow, function: FunctionSymbol, found: Call, scope: Scope
) -> Iterator[tuple[Scope, Union[FunctionSymbol, ClassSymbol]]]:
    inner = scope.activation.symbol
    if inner is None or inner.node is not function.node:  # in a function inside the function
        yield scope, function
        return
    found_any = False
    for activation, caller in readings(flow, scope, (found.name, found.context)):
        found_any = True
        yield Scope(activation, scope.env), caller.activation.symbol or function
    if found_any:
        return
    if function.owner is not None and (heirs := _heirs(flow, function)):
        for cls in heirs:
            yield Scope(flow.activation(function, Instance(cls)), scope.env), cls
    else:
        yield scope, function


def _heirs(flow: Flow, function: FunctionSymbol) -> list[ClassSymbol]:
    """The classes whose instances run this very method, where there is more than one."""
    owner = function.owner
    assert owner is not None
    if flow.project.models.of(owner) is not None:
        return []
    below = flow.hierarchy.subclasses(owner)
    if not below:
        return []
    name = function.node.name
    return [owner, *(cls for cls in below if _defined_in(flow, cls, name) is owner)]


def _defined_in(flow: Flow, cls: ClassSymbol, name: str) -> ClassSymbol | None:
    for base in flow.names.mro(cls)[0]:
        if isinstance(base, ClassSymbol) and name in base.names:
            return base
    return None


# --- what a call renders ----------------------------------------------------------------------------------------------


def render_call(flow: Flow, call: s.Call, scope: Scope) -> Call | None:
    last = last_name(call.func)
    if last not in LAST_NAMES:
        return None
    if last == "render" and isinstance(call.func, s.Attr):
        found = _template_object(flow, call, call.func.value, scope)
        if found is not None:
            return found
    for member in members(flow.expression(scope, call.func)):
        dotted = (
            member.dotted
            if isinstance(member, LibraryThing)
            else (member.symbol.dotted if isinstance(member, (Function, ClassType)) else "")
        )
        name = dotted.rpartition(".")[2]
        if name in DJANGO and is_django(dotted, DJANGO[name][0], name):
            _, name_at, context_at = DJANGO[name]
            return _positional(call, name_at, context_at)
        if is_in(dotted, "flask", "render_template", "stream_template") or is_in(dotted, "quart", "render_template"):
            return _flask(call)
        if is_in(dotted, "jingo", "render"):  # Jinja in Django before it had engines
            return _positional(call, 1, 2, "jinja")
    if last == "TemplateResponse" and isinstance(call.func, s.Attr):
        return _starlette(flow, call, scope)
    return None


def _argument(call: s.Call, position: int, *names: str) -> s.Expr | None:
    positional = call.args[: position + 1]
    if len(positional) > position and not any(isinstance(a, s.Starred) for a in positional):
        return call.args[position]
    return next((k.value for k in call.keywords if k.name in names), None)


def _positional(call: s.Call, name_at: int, context_at: int, engine: Engine = "django") -> Call:
    name = _argument(call, name_at, *NAME_KEYWORDS)
    context = _argument(call, context_at, "context", "dictionary")
    if context is None:
        context = s.Dict(()) if call.is_exact else s.Unknown()
    return Call(name if name is not None else s.Unknown(), context, engine)


def _keywords(call: s.Call) -> s.Expr:
    """The context that keywords make: `render_template(name, a=…, **more)`."""
    return s.Dict(tuple((s.Str(k.name) if k.name else None, k.value) for k in call.keywords))


def _flask(call: s.Call) -> Call:
    name = _argument(call, 0, *NAME_KEYWORDS)
    return Call(name if name is not None else s.Unknown(), _keywords(call), "jinja")


def _starlette(flow: Flow, call: s.Call, scope: Scope) -> Call:
    """`templates.TemplateResponse(request, name, context)`, in old versions `(name, context)`."""
    first = flow.expression(scope, call.args[0]) if call.args else NONE
    is_old = isinstance(first, Constant) and isinstance(first.value, str) and first != NONE
    return _positional(call, 0 if is_old else 1, 1 if is_old else 2, "jinja")


def _template_object(flow: Flow, call: s.Call, receiver: s.Expr, scope: Scope) -> Call | None:
    """`get_template(name).render(…)`, of Django's loader or a Jinja environment, also through a variable."""
    for member in members(flow.expression(scope, receiver)):
        if isinstance(member, LibraryThing) and member.dotted in (library.TEMPLATE, library.JINJA_TEMPLATE):
            if member.dotted == library.TEMPLATE:
                context = _argument(call, 0, "context")
                return Call(_named(receiver), context if context is not None else s.Dict(()), "django")
            if call.args:
                return Call(_named(receiver), call.args[0], "jinja")
            return Call(_named(receiver), _keywords(call), "jinja")
    return None


def _named(receiver: s.Expr) -> s.Expr:
    """The name of the template that an expression is: `flow.library` answers it as an attribute."""
    return s.Attr(receiver, "name")
