"""Django's ORM: what managers and querysets give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.flow import attributes, managers, options
from linter.project.flow.names import is_django
from linter.project.types import (
    BOOL,
    INT,
    NONE,
    UNKNOWN,
    ClassType,
    Constant,
    DictType,
    LibraryThing,
    Method,
    ModelInstance,
    QuerySet,
    Scalar,
    Sequence,
    TupleType,
    Type,
    members,
    union,
)
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.flow.calls import Arguments
    from linter.project.models import Model

Rows = Literal["instance", "dict", "tuple", "flat"]

SAME = frozenset({
    "filter", "exclude", "order_by", "all", "distinct", "select_related", "prefetch_related", "only", "defer",
    "using", "reverse", "none", "select_for_update", "complex_filter", "union", "intersection", "difference",
    "iterator", "aiterator", "get_queryset", "_chain", "_clone", "_all", "extra", "annotate", "alias", "values",
    "values_list", "dates", "datetimes", "raw",
})  # fmt: skip
SINGLE = frozenset({"get", "create", "earliest", "latest"})
SINGLE_OR_NONE = frozenset({"first", "last"})
CREATES_OR_GETS = frozenset({"get_or_create", "update_or_create"})
COUNTS = frozenset({"count", "update", "delete", "_raw_delete"})
BOOLEANS = frozenset({"exists", "contains"})
LISTS = frozenset({"bulk_create"})
AGGREGATES = frozenset({"Avg", "Count", "Max", "Min", "StdDev", "Sum", "Variance"})
# Not on every manager: Django's others, and django-model-utils' InheritanceManager.
OTHERS = frozenset({"as_manager", "db_manager", "select_subclasses"})
USERS = frozenset({"create_user", "create_superuser", "get_by_natural_key"})  # of django.contrib.auth's managers
# Their arguments say what their rows have, even where a class overrides them.
NAMING = frozenset({"annotate", "alias", "extra", "values", "values_list", "prefetch_related"})
# Of a class's own methods with these names the ORM's behaviour is still what they give, whatever they do besides.
BUILTIN = SAME | SINGLE | SINGLE_OR_NONE | CREATES_OR_GETS | COUNTS | BOOLEANS | LISTS | {"aggregate", "in_bulk"}


def class_attribute(flow: Flow, model: Model, name: str) -> Type | None:
    """What a model class has that its instances do not, None where nothing special."""
    if name in model.managers:
        return managers.manager(flow, model, name)
    if name in ("_default_manager", "_base_manager"):
        return managers.manager(flow, model)
    if name == "objects" and not model.open and not flow.hierarchy.has_member(model.symbol, name):
        return QuerySet(model, is_manager=True)
    if name in ("DoesNotExist", "MultipleObjectsReturned"):
        return LibraryThing(f"django.core.exceptions.{name}")
    if name == "_meta":
        return options.of(model)
    return None


def attribute(flow: Flow, kind: QuerySet, name: str) -> Type | None:
    base = name[1:] if name.startswith("a") and name[1:] in BUILTIN else name
    if name in OTHERS:
        return Method(kind, name)
    own = own_attribute(flow, kind, name)
    if own is not None:
        return own
    if base in BUILTIN or base in USERS or name == "_queryset_class":
        return Method(kind, base)
    if name == "model":
        return ClassType(kind.model.symbol, kind.model)
    return _missing(flow, kind, name)


def own_attribute(flow: Flow, kind: QuerySet, name: str, after: ClassSymbol | None = None) -> Type | None:
    """A method or attribute of the project's own manager and queryset classes, `after` one of them for `super()`."""
    passed = after is None
    for cls in kind.classes:
        for base in flow.names.mro(cls)[0]:
            if not isinstance(base, ClassSymbol) or managers.is_plain(base):
                continue
            if not kind.is_manager and name in BUILTIN and managers.makes_managers_only(flow, base):
                continue  # a manager's own `get_or_create` asks its queryset for Django's
            if passed:
                value = attributes.own_value(flow, base, name, kind)
                if value is not None:
                    return value
            passed = passed or base is after
    return None


def super_attribute(flow: Flow, kind: QuerySet, owner: ClassSymbol, name: str) -> Type:
    own = own_attribute(flow, kind, name, owner)
    if own is not None:
        return own
    base = name[1:] if name.startswith("a") and name[1:] in BUILTIN else name
    return Method(kind, base) if base in BUILTIN or base in USERS else UNKNOWN


def _missing(flow: Flow, kind: QuerySet, name: str) -> Type | None:
    """A name that neither the project's classes nor the rules know: None only where Django's own classes were read too."""
    if kind.is_open or kind.model.open or (not kind.classes and kind.model.default_manager is None):
        return UNKNOWN
    known = flow.queryset_names
    if known is None or name in known or name.startswith("_"):
        return UNKNOWN
    if any(not _is_plain(flow, cls) for cls in kind.classes) or name in flow.given_names:
        return UNKNOWN
    return None


def _is_plain(flow: Flow, cls: ClassSymbol) -> bool:
    complete = flow.names.mro(cls)[1]
    return complete and not flow.hierarchy.has_member(cls, "__getattr__", "__getattribute__")


def call(flow: Flow, kind: QuerySet, name: str, arguments: Arguments) -> Type:
    """What a manager's or queryset's own method gives."""
    if name in ("filter", "exclude", "all", "order_by", "get_queryset", "distinct", "select_related"):
        return queryset(kind)
    if name in SINGLE or name in USERS:
        return row(kind)
    if name in SINGLE_OR_NONE:
        return union(row(kind), NONE)
    if name in CREATES_OR_GETS:
        return TupleType((row(kind), BOOL))
    if name in COUNTS:
        return INT
    if name in BOOLEANS:
        return BOOL
    if name in LISTS:
        return Sequence(ModelInstance(kind.model))
    if name == "in_bulk":
        return DictType((), True, row(kind))
    if name == "aggregate":
        names, is_open = named(flow, arguments)
        return DictType(tuple((n, UNKNOWN) for n in names), is_open)
    if name == "raw":
        return QuerySet(kind.model, kind.extra, True, "instance", False, kind.classes)
    if name in ("annotate", "alias"):
        return annotated(flow, kind, arguments)
    if name == "extra":
        return extra(flow, kind, arguments)
    if name == "values":
        return _values(flow, kind, arguments, "dict")
    if name == "values_list":
        flat = arguments.expr("flat")
        return _values(flow, kind, arguments, "flat" if flat is not None else "tuple")
    if name in ("dates", "datetimes"):
        return Sequence(Scalar("datetime"))
    if name == "prefetch_related":
        return _prefetched(flow, kind, arguments)
    if name in ("as_manager", "db_manager"):
        return kind
    if name == "_queryset_class":  # calling it makes a queryset like the manager's own
        return queryset(kind)
    if name == "select_subclasses":
        return union(*(replace(queryset(kind), model=model) for model in _and_below(flow, kind.model)))
    return queryset(kind) if name in SAME else UNKNOWN


def _and_below(flow: Flow, model: Model) -> list[Model]:
    """A model and those that inherit from it."""
    below = map(flow.project.models.of, flow.hierarchy.subclasses(model.symbol))
    return [model, *(other for other in below if other is not None and not other.abstract)]


def overridden(flow: Flow, kind: QuerySet, name: str, own: Type, arguments: Arguments) -> Type:
    """What a class's own `annotate` and the like give: what the call says, and what the method adds to it."""
    plain = call(flow, kind, name, arguments)
    results = members(own)
    if not isinstance(plain, QuerySet) or not all(isinstance(m, QuerySet) for m in results):
        return own
    made = [m for m in results if isinstance(m, QuerySet) and m.model is kind.model]
    extra = plain.extra.union(*(m.extra for m in made))
    return replace(plain, extra=extra, is_open=plain.is_open or any(m.is_open for m in made))


def queryset(kind: QuerySet) -> QuerySet:
    if not kind.is_manager:
        return kind
    return QuerySet(kind.model, kind.extra, kind.is_open, kind.rows, False, kind.classes, kind.columns)


def with_names(kind: QuerySet, names: frozenset[str], is_open: bool = False) -> QuerySet:
    if names <= kind.extra and not is_open and not kind.is_manager:
        return kind
    columns = (*kind.columns, *sorted(names)) if kind.columns is not None and kind.rows == "dict" else kind.columns
    return QuerySet(kind.model, kind.extra | names, kind.is_open or is_open, kind.rows, False, kind.classes, columns)


def row(kind: QuerySet) -> Type:
    """One row."""
    if kind.rows == "instance":
        return ModelInstance(kind.model, kind.extra, kind.is_open)
    if kind.rows == "dict":
        if kind.columns is None:
            return DictType(is_open=True)
        return DictType(tuple((name, column(kind, name)) for name in kind.columns), kind.is_open)
    if kind.rows == "tuple" and kind.columns is not None:
        return TupleType(tuple(column(kind, name) for name in kind.columns))
    return UNKNOWN


def column(kind: QuerySet, name: str) -> Type:
    field = kind.model.fields.get(name)
    return Scalar(field.type) if field is not None else UNKNOWN


def annotated(flow: Flow, kind: QuerySet, arguments: Arguments) -> Type:
    names, is_open = named(flow, arguments)
    return with_names(kind, frozenset(names), is_open)


def named(flow: Flow, arguments: Arguments) -> tuple[list[str], bool]:
    """The names that the arguments of `annotate`, `alias` or `aggregate` make, and whether there may be others."""
    names: list[str] = []
    is_open = False
    for keyword in arguments.keywords:
        if keyword.name:
            names.append(keyword.name)
            continue
        kind = flow.expression(arguments.scope, keyword.value) if arguments.scope else UNKNOWN
        if isinstance(kind, DictType):
            names.extend(name for name, _ in kind.items)
            is_open = is_open or kind.is_open
        else:
            is_open = True
    for argument in arguments.written:
        alias = default_alias(flow, argument, arguments)
        if alias is None:
            is_open = True
        else:
            names.append(alias)
    return names, is_open


def default_alias(flow: Flow, expr: s.Expr, arguments: Arguments) -> str | None:
    """`Count("bmi")` is called `bmi__count`."""
    if isinstance(expr, s.Call) and isinstance(expr.func, (s.Name, s.Attr)) and expr.args and arguments.scope:
        function = flow.expression(arguments.scope, expr.func)
        dotted = (
            function.dotted
            if isinstance(function, LibraryThing)
            else (function.symbol.dotted if isinstance(function, ClassType) else "")
        )
        source = flow.expression(arguments.scope, expr.args[0])
        if is_django(dotted, "db.models", *AGGREGATES) and isinstance(source, Constant):
            return f"{source.value}__{dotted.rpartition('.')[2].lower()}"
    return None


def extra(flow: Flow, kind: QuerySet, arguments: Arguments) -> Type:
    select = arguments.at(0, "select")
    if select is None:
        return queryset(kind)
    if isinstance(select, DictType):
        return with_names(kind, frozenset(name for name, _ in select.items), select.is_open)
    return with_names(kind, frozenset(), True)


def _values(flow: Flow, kind: QuerySet, arguments: Arguments, rows: Rows) -> Type:
    columns: list[str] = []
    known = bool(arguments.written)
    for argument in arguments.written:
        value = flow.expression(arguments.scope, argument) if arguments.scope else UNKNOWN
        if isinstance(value, Constant) and isinstance(value.value, str):
            columns.append(value.value)
        else:
            known = False
    extra_names: list[str] = []
    is_open = kind.is_open
    for keyword in arguments.keywords:
        if keyword.name and keyword.name not in ("flat", "named"):
            extra_names.append(keyword.name)
        elif not keyword.name:
            is_open, known = True, False
    names = (*columns, *extra_names) if known else None
    if arguments.expr("named") is not None:
        names = None
    return QuerySet(kind.model, kind.extra | frozenset(extra_names), is_open, rows, False, kind.classes, names)


def _prefetched(flow: Flow, kind: QuerySet, arguments: Arguments) -> Type:
    names: set[str] = set()
    for argument in arguments.written:
        if isinstance(argument, s.Call):
            to_attr = argument.keyword("to_attr")
            if to_attr is None and len(argument.args) > 2:
                to_attr = argument.args[2]
            value = flow.expression(arguments.scope, to_attr) if to_attr is not None and arguments.scope else NONE
            for member in members(value):
                if isinstance(member, Constant) and isinstance(member.value, str):
                    names.add(member.value)
                elif member != NONE:
                    return with_names(kind, frozenset(names), True)
    return with_names(kind, frozenset(names))
