"""Django's generic class-based views: the template's name and the context that their classes make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.contexts import Render, Where, template_names
from linter.project.flow import views
from linter.project.flow.scopes import Scope
from linter.project.types import (
    NONE,
    UNKNOWN,
    ClassType,
    Constant,
    DictType,
    Instance,
    ModelInstance,
    QuerySet,
    Type,
    members,
)
from linter.project.units import ClassSymbol, Unit

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.flow import Flow

GATES = ("View", "template_name")  # of `extract.python.GATES`
# What the name of a template ends with where a view gives none.
SUFFIXES = (
    ({"DetailView", "BaseDetailView", "DateDetailView"}, "_detail"),
    ({"DeleteView", "BaseDeleteView"}, "_confirm_delete"),
    ({"CreateView", "BaseCreateView", "UpdateView", "BaseUpdateView"}, "_form"),
    ({"YearArchiveView"}, "_archive_year"),
    ({"MonthArchiveView"}, "_archive_month"),
    ({"WeekArchiveView"}, "_archive_week"),
    ({"DayArchiveView", "TodayArchiveView"}, "_archive_day"),
    ({"ArchiveIndexView"}, "_archive"),
    ({"ListView", "BaseListView"}, "_list"),
)
# What makes a response of a template; a view that has only the others' `Base…` makes another one.
RENDERING = frozenset(name for name in views.VIEWS if "TemplateResponse" in name or name.endswith("View")) - frozenset(
    name for name in views.VIEWS if name.startswith("Base") or name in ("View", "RedirectView", "ProcessFormView")
)


def renders(project: Project) -> Iterator[Render]:
    for unit in project.units():
        if not any(gate in unit.module.uses for gate in GATES):
            continue
        for cls in project.names.classes(unit):
            yield from _class_renders(project, cls)
        yield from _as_views(project, unit)


def _class_renders(project: Project, cls: ClassSymbol) -> Iterator[Render]:
    flow = project.flow
    if not views.view_bases(flow, cls) & views.CONTEXT:
        return
    view = Instance(cls)
    where = Where(cls.unit, cls.node.at, cls.function)
    yield Render(
        project, names_of(flow, view), where, cls, "django", lambda: views.method(flow, view, "get_context_data")
    )


def names_of(flow: Flow, view: Instance) -> tuple[str, ...]:
    """The templates of a class-based view."""
    own = flow.attribute_or_unknown(view, "get_template_names")
    names = template_names(flow.call(own))
    if names:
        return names
    given = flow.attribute_or_unknown(view, "template_name")
    names = template_names(given)
    return names or _default_names(flow, view)


def _default_names(flow: Flow, view: Instance) -> tuple[str, ...]:
    """`<app>/<model>_detail.html` and the like."""
    bases = views.view_bases(flow, view.symbol)
    suffix = next((suffix for names, suffix in SUFFIXES if names & bases), None)
    if suffix is None or not bases & RENDERING:
        return ()
    given = flow.attribute_or_unknown(view, "template_name_suffix")
    if isinstance(given, Constant) and given != NONE:
        suffix = str(given.value)
    found: list[str] = []
    for member in members(views.method(flow, view, "get_queryset")):
        if not isinstance(member, (QuerySet, ModelInstance)) or member.model.label is None:
            return ()
        app, _, model = member.model.label.partition(".")
        found.append(f"{app}/{model.lower()}{suffix}.html")
    return tuple(dict.fromkeys(found))


def _as_views(project: Project, unit: Unit) -> Iterator[Render]:
    """`SomeView.as_view(template_name=…, extra_context={…})`, mostly in a URLconf."""
    flow = project.flow
    frame = flow.module_frame(unit)
    scope = flow.module_scope(unit)
    for point in frame.points:
        for call in _as_view_calls(point.expr):
            if not call.keywords or not isinstance(call.func, s.Attr):
                continue
            reading = Scope(scope.activation, point.env)
            for member in members(flow.expression(reading, call.func.value)):
                yield _as_view(project, call, member, reading)


def _as_view(project: Project, call: s.Call, kind: Type, scope: Scope) -> Render:
    """A view whose attributes the keywords replace: all that is known then is what `template_name` and `extra_context` do."""
    flow = project.flow
    cls = kind.symbol if isinstance(kind, ClassType) else None
    name = call.keyword("template_name")
    if name is not None:
        names = template_names(flow.expression(scope, name))
    else:
        names = names_of(flow, Instance(cls)) if cls is not None else ()
    return Render(project, names, Where(scope.unit, call.at), cls, "django", _given(flow, kind, call, scope))


def _as_view_calls(expr: s.Expr) -> Iterator[s.Call]:
    stack = [expr]
    while stack:
        node = stack.pop()
        if isinstance(node, s.Call):
            if isinstance(node.func, s.Attr) and node.func.name == "as_view":
                yield node
            stack.extend((*node.args, *(k.value for k in node.keywords), node.func))
        elif isinstance(node, s.Seq):
            stack.extend(node.items)
        elif isinstance(node, s.Op):
            stack.extend(node.operands)
        elif isinstance(node, s.Attr):
            stack.append(node.value)


def _given(flow: Flow, cls: Type, call: s.Call, scope: Scope) -> Callable[[], Type]:
    def context() -> Type:
        found: Type = DictType(is_open=True)
        if isinstance(cls, ClassType) and all(k.name in ("template_name", "extra_context") for k in call.keywords):
            found = views.method(flow, Instance(cls.symbol), "get_context_data")
        extra = call.keyword("extra_context")
        if extra is None:
            return found
        kind = flow.expression(scope, extra)
        return found.updated(kind) if isinstance(found, DictType) and isinstance(kind, DictType) else UNKNOWN

    return context
