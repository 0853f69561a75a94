"""What a manager gives: the classes behind it, and the names that its own `get_queryset` adds to rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.control import parts
from linter.project.flow import querysets
from linter.project.flow.names import is_django
from linter.project.models.field_classes import is_harmless
from linter.project.names import last_name
from linter.project.types import UNKNOWN, ClassType, Constant, Function, QuerySet, Type, members
from linter.project.units import ClassSymbol, External, walk

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.models import Manager, Model


_ANNOTATING = ("annotate", "alias", "extra")


def manager(flow: Flow, model: Model, name: str | None = None) -> QuerySet:
    """A model's manager, its default one without a name; related managers are made of the default one."""
    found = model.managers.get(name) if name is not None else model.default_manager
    return of_manager(flow, model, found)


def chosen(flow: Flow, kind: QuerySet, name: Type | None) -> Type:
    """`shop.product_set(manager="cheap")`: the related manager made of another one of the model's."""
    known = kind.is_manager and isinstance(name, Constant) and name.value in kind.model.managers
    return manager(flow, kind.model, str(name.value)) if known and isinstance(name, Constant) else UNKNOWN


def of_manager(flow: Flow, model: Model, found: Manager | None) -> QuerySet:
    if found is None:
        return QuerySet(model, is_manager=True)
    answer = flow.solver.solve(flow.managers, (model, found.name), lambda: _described(flow, model, found))
    return answer if isinstance(answer, QuerySet) else QuerySet(model, is_open=True, is_manager=True)


def _described(flow: Flow, model: Model, found: Manager) -> Type:
    classes = [found.cls, *found.queryset_classes]
    if found.changes_rows and not any(isinstance(cls, ClassSymbol) and not is_plain(cls) for cls in classes):
        classes = [*_as_declared(flow, model, found.name), *classes]
    own = tuple(dict.fromkeys(cls for cls in classes if isinstance(cls, ClassSymbol) and not is_plain(cls)))
    kind = QuerySet(model, is_manager=True, classes=own)
    if not found.changes_rows:
        return kind
    if not own or any(_is_lost(flow, cls) for cls in classes):
        return replace(kind, is_open=True)
    return _filled(flow, kind)


def is_plain(cls: ClassSymbol) -> bool:
    """Whether a class is Django's own: rules say what its methods give."""
    return cls.unit.is_library and cls.unit.name.startswith("django.")


def _is_lost(flow: Flow, cls: ClassSymbol | External) -> bool:
    """Whether a class, or one of its bases, was not read."""
    if isinstance(cls, External):
        return not cls.dotted.startswith("django.") and not is_harmless(cls)
    return any(_is_lost(flow, base) for base in flow.names.mro(cls)[0] if isinstance(base, External))


def _filled(flow: Flow, kind: QuerySet) -> QuerySet:
    """The manager with the names that its `get_queryset` gives to rows."""
    method = querysets.own_attribute(flow, kind, "get_queryset")
    if method is None:
        return kind
    extra, classes = kind.extra, kind.classes
    is_open = False
    for member in members(flow.call(method)) if isinstance(method, Function) else ():
        if isinstance(member, QuerySet) and member.model is kind.model and member.rows == "instance":
            extra |= member.extra
            classes = tuple(dict.fromkeys((*classes, *member.classes)))
            is_open = is_open or member.is_open
        else:
            is_open = True
    return replace(kind, extra=extra, classes=classes, is_open=is_open or not isinstance(method, Function))


# --- as the class body says it ----------------------------------------------------------------------------------------


def _as_declared(flow: Flow, model: Model, name: str) -> Iterator[ClassSymbol]:
    """The classes in `M()`, `Q.as_manager()`, `M.from_queryset(Q)()` where they are no plain names."""
    for base in flow.names.mro(model.symbol)[0]:
        node = base.member(name) if isinstance(base, ClassSymbol) else None
        if isinstance(base, ClassSymbol) and isinstance(node, s.Assign) and node.value is not None:
            yield from _classes(flow, base, node.value)
            return


def _classes(flow: Flow, owner: ClassSymbol, expr: s.Expr) -> Iterator[ClassSymbol]:
    if isinstance(expr, s.Call):
        func = expr.func
        if isinstance(func, s.Attr) and func.name in ("as_manager", "from_queryset"):
            yield from _classes(flow, owner, func.value)
            for argument in expr.args[:1]:
                yield from _classes(flow, owner, argument)
        else:
            yield from _classes(flow, owner, func)
    elif isinstance(expr, (s.Name, s.Attr)):
        for member in members(flow.expression(flow.class_scope(owner), expr)):
            if isinstance(member, ClassType):
                yield member.symbol


# --- manager classes themselves ---------------------------------------------------------------------------------------


def of_class(flow: Flow, cls: ClassSymbol) -> list[QuerySet]:
    """What `self` is in a method of a manager or queryset class: it manages the models that use it. A queryset may have been
    given names by another method of its class before."""
    found = [of_manager(flow, model, manager) for model, manager in flow.managed_by(cls)]
    if not found or makes_managers_only(flow, cls):
        return found
    names, is_open = flow.names_given_by(cls)
    return [querysets.with_names(kind, names, is_open) if names or is_open else kind for kind in found]


def names_given_by(flow: Flow, cls: ClassSymbol) -> tuple[frozenset[str], bool]:
    """The names that the methods of a queryset class annotate, and whether there may be others."""
    names: set[str] = set()
    is_open = False
    for base in flow.names.mro(cls)[0]:
        if not isinstance(base, ClassSymbol) or is_plain(base):
            continue
        bodies = base.unit.bodies_with(_ANNOTATING)
        for method in base.methods if bodies else ():
            for node, _ in walk(base.unit.body(method).statements) if method.body in bodies else ():
                for call in parts(node):
                    if isinstance(call, s.Call) and last_name(call.func) in _ANNOTATING:
                        names.update(keyword.name for keyword in call.keywords)
                        is_open = is_open or bool(call.args) or last_name(call.func) == "extra"
    return frozenset(names - {""}), is_open or "" in names


def makes_managers_only(flow: Flow, cls: ClassSymbol) -> bool:
    """Whether a class makes managers, and no querysets."""
    names = [flow.names.name_of(base) for base in flow.names.mro(cls)[0]]
    is_queryset = any(is_django(name, "db.models", "QuerySet") for name in names)
    return not is_queryset and any(is_django(name, "db.models", "Manager", "BaseManager") for name in names)


def is_manager_class(flow: Flow, cls: ClassSymbol) -> bool:
    for base in flow.names.mro(cls)[0]:
        dotted = flow.names.name_of(base)
        if is_django(dotted, "db.models", "Manager", "BaseManager", "QuerySet") or is_django(
            dotted, "contrib.auth", "UserManager", "BaseUserManager"
        ):
            return True
    return False
