"""What is known of things outside the source: Python's builtins, Django's shortcuts, requests, paginators.

A rule is found by the last part of a full name and the package that it must lie in, so that it holds for every spelling:
`django.shortcuts.render`, `django.core.paginator.Paginator`, `django.core.paginator.base.Paginator`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.constants import Text
from linter.project.flow import managers, mapped, options, querysets, requests, views
from linter.project.flow.names import is_django, is_in
from linter.project.history import STATE_APPS
from linter.project.imports.by_text import class_of
from linter.project.types import (
    BOOL,
    INT,
    NEVER,
    NONE,
    STR,
    UNKNOWN,
    ClassType,
    Constant,
    DictType,
    Function,
    LibraryThing,
    Method,
    ModelInstance,
    QuerySet,
    Scalar,
    Sequence,
    TupleType,
    Type,
    UnknownType,
    members,
    union,
)
from linter.project.units import ClassSymbol, Symbol

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.flow.calls import Arguments
    from linter.project.models import Model

Rule = Callable[["Flow", "Arguments"], Type]

SCALARS = frozenset({
    "str", "int", "bool", "float", "bytes", "complex", "date", "datetime", "time", "timedelta", "Decimal", "UUID",
    "Path",
})  # fmt: skip
# What a request that nobody has logged in gives for `user`: names that a custom user model may lack.
ANONYMOUS = frozenset({
    "id", "pk", "username", "is_staff", "is_active", "is_superuser", "groups", "user_permissions",
})  # fmt: skip
REQUEST = "django.http.request.HttpRequest"
PAGINATOR = "django.core.paginator.Paginator"
PAGE = "django.core.paginator.Page"
SETTINGS = "django.conf.settings"
TEMPLATE = "django.template.base.Template"
JINJA_TEMPLATE = "jinja2.environment.Template"
JINJA_ENVIRONMENTS = frozenset({"Environment", "SandboxedEnvironment", "NativeEnvironment", "Jinja2Templates"})


# --- functions --------------------------------------------------------------------------------------------------------


def call(flow: Flow, callee: LibraryThing, arguments: Arguments) -> Type:
    if callee.called:
        return UNKNOWN
    rule = _rule(callee.dotted)
    if rule is not None:
        return rule(flow, arguments)
    return LibraryThing(callee.dotted, True)


def function_rule(flow: Flow, callee: Function, arguments: Arguments) -> Type | None:
    """The rule for a function whose source was read all the same."""
    rule = _rule(callee.symbol.dotted)
    return rule(flow, arguments) if rule is not None else None


def constructed(flow: Flow, callee: ClassType, arguments: Arguments) -> Type | None:
    """The rule for a class whose source was read all the same, or for what the project derives from a library's."""
    rule = _rule(callee.symbol.dotted) if callee.symbol.unit.is_library else None
    if rule is None and any(flow.names.name_of(base) == PAGINATOR for base in flow.names.mro(callee.symbol)[0]):
        rule = _paginator  # whatever a project's own does besides, its pages show rows of what it is given
    return rule(flow, arguments) if rule is not None else views.constructed(flow, callee)


def _rule(dotted: str) -> Rule | None:
    package, _, name = dotted.rpartition(".")
    for prefix, rule in RULES.get(name, ()):
        if package == prefix or package.startswith(prefix + "."):
            return rule
    return None


def instance(kind: LibraryThing) -> Type:
    """An instance of a class that was not read."""
    name = kind.dotted.rpartition(".")[2]
    if name in SCALARS and not kind.dotted.startswith("django."):
        return Scalar(name)
    return LibraryThing(REQUEST if is_request(kind.dotted) else kind.dotted, True)


def is_request(dotted: str) -> bool:
    """Whether a class is Django's of requests, one that servers make, or the one that Django REST framework wraps it in."""
    return (
        is_django(dotted, "http", "HttpRequest")
        or is_django(dotted, "core.handlers", "WSGIRequest", "ASGIRequest")
        or (is_in(dotted, "rest_framework", "Request"))
    )


def request(flow: Flow) -> Type:
    return LibraryThing(REQUEST, True)


def user(flow: Flow) -> Type:
    """`request.user`: a row of a model that some settings name as that of users, or an AnonymousUser."""
    found = flow.project.models.users
    return union(*(ModelInstance(model, ANONYMOUS) for model in found)) if found else UNKNOWN


def model_class(flow: Flow, kind: Type) -> Type:
    """A model class that is named by a class, by a `app.Model` string or by the AUTH_USER_MODEL setting."""
    found: list[Type] = []
    for member in members(kind):
        model: Model | None = None
        if isinstance(member, ClassType) and member.model is not None:
            found.append(member)
            continue
        if isinstance(member, Constant) and isinstance(member.value, str):
            model = flow.project.models.by_label(member.value)
        elif isinstance(member, LibraryThing) and member.dotted.endswith(".settings.AUTH_USER_MODEL"):
            model = flow.project.models.user
        if model is None:
            return UNKNOWN
        found.append(ClassType(model.symbol, model))
    return union(*found) if found else UNKNOWN


def rows_of(flow: Flow, kind: Type) -> Type:
    """The queryset behind what `get_object_or_404` and the like accept: a model class, a manager, a queryset."""
    found: list[Type] = []
    for member in members(kind):
        if isinstance(member, QuerySet):
            found.append(querysets.queryset(member))
        elif isinstance(member, ClassType) and member.model is not None:
            found.append(querysets.queryset(managers.manager(flow, member.model)))
        else:
            return UNKNOWN
    return union(*found) if found else UNKNOWN


def _first(flow: Flow, arguments: Arguments, name: str = "") -> Type:
    value = arguments.at(0, name)
    return UNKNOWN if value is None else value


def _get_object(flow: Flow, arguments: Arguments) -> Type:
    return flow.iterate(rows_of(flow, _first(flow, arguments, "klass")))


def _made(flow: Flow, arguments: Arguments) -> Type:
    """`baker.make("shop.Product")`, `G(Product)`: rows for tests."""
    if arguments.keyword("_quantity") is not None or arguments.keyword("n") is not None:
        return UNKNOWN
    return flow.instance_of(model_class(flow, _first(flow, arguments, "_model")))


def _get_queryset(flow: Flow, arguments: Arguments) -> Type:
    return rows_of(flow, _first(flow, arguments, "klass"))


def _get_list(flow: Flow, arguments: Arguments) -> Type:
    return Sequence(_get_object(flow, arguments))


def _user_model(flow: Flow, arguments: Arguments) -> Type:
    model = flow.project.models.user
    return ClassType(model.symbol, model) if model is not None else UNKNOWN


def _user(flow: Flow, arguments: Arguments) -> Type:
    return user(flow)


def _get_model(flow: Flow, arguments: Arguments) -> Type:
    """`apps.get_model("app", "Model")`, `apps.get_model("app.Model")`."""
    label, name = _first(flow, arguments, "app_label"), arguments.at(1, "model_name")
    if name is None or name == NONE:
        return model_class(flow, label)
    found: list[Type] = []
    for first in members(label):
        for second in members(name):
            if not (isinstance(first, Constant) and isinstance(second, Constant)):
                return UNKNOWN
            model = flow.project.models.by_label(f"{first.value}.{second.value}")
            if model is None or model.swapped:
                return UNKNOWN
            found.append(ClassType(model.symbol, model))
    return union(*found) if found else UNKNOWN


def _paginator(flow: Flow, arguments: Arguments) -> Type:
    return LibraryThing(PAGINATOR, True, (_first(flow, arguments, "object_list"),))


def _template(flow: Flow, arguments: Arguments) -> Type:
    return LibraryThing(TEMPLATE, True, (_first(flow, arguments, "template_name"),))


def _context(flow: Flow, arguments: Arguments) -> Type:
    return arguments.at(0, "dict_") or DictType(values=NEVER)


def _request_context(flow: Flow, arguments: Arguments) -> Type:
    return arguments.at(1, "dict_") or DictType(values=NEVER)


def _list(flow: Flow, arguments: Arguments) -> Type:
    value = arguments.at(0)
    if value is None:
        return Sequence(NEVER)
    if isinstance(value, TupleType):
        return Sequence(union(*value.items))
    return value if isinstance(value, Sequence) else Sequence(flow.iterate(value))


def _tuple(flow: Flow, arguments: Arguments) -> Type:
    value = arguments.at(0)
    return value if isinstance(value, TupleType) else _list(flow, arguments)


def _dict(flow: Flow, arguments: Arguments) -> Type:
    found = DictType(values=NEVER)
    for argument in arguments.positional():
        kind = flow.given(argument)
        found = found.updated(kind if isinstance(kind, DictType) else DictType(is_open=True))
    for keyword in arguments.keywords:
        kind = flow.expression(arguments.scope, keyword.value) if arguments.scope else UNKNOWN
        if keyword.name:
            found = found.with_item(keyword.name, kind)
        else:
            found = found.updated(kind if isinstance(kind, DictType) else DictType(is_open=True))
    return found


def _open_dict(flow: Flow, arguments: Arguments) -> Type:
    return DictType(is_open=True)


def _enumerate(flow: Flow, arguments: Arguments) -> Type:
    return Sequence(TupleType((INT, flow.iterate(_first(flow, arguments)))))


def _zip(flow: Flow, arguments: Arguments) -> Type:
    if not arguments.is_exact:
        return UNKNOWN
    return Sequence(TupleType(tuple(flow.iterate(flow.given(value)) for value in arguments.positional())))


def _element(flow: Flow, arguments: Arguments) -> Type:
    found = flow.iterate(_first(flow, arguments))
    default = arguments.at(1)
    return found if default is None else union(found, default)


def _extreme(flow: Flow, arguments: Arguments) -> Type:
    values = arguments.positional()
    if len(values) == 1:
        return flow.iterate(flow.given(values[0]))
    return union(*(flow.given(value) for value in values)) if values else UNKNOWN


def _filter(flow: Flow, arguments: Arguments) -> Type:
    return Sequence(flow.iterate(arguments.at(1) or UNKNOWN))


def _map(flow: Flow, arguments: Arguments) -> Type:
    function, values = arguments.at(0), arguments.at(1)
    if function is None or values is None:
        return UNKNOWN
    return Sequence(flow.call(function, flow.iterate(values)))


def _getattr(flow: Flow, arguments: Arguments) -> Type:
    name = arguments.at(1)
    if not (isinstance(name, Constant) and isinstance(name.value, str)):
        return UNKNOWN
    value, default = _first(flow, arguments), arguments.at(2)
    if isinstance(value, LibraryThing) and value.dotted == SETTINGS and not flow.project.settings.get(name.value):
        return UNKNOWN if default is None else default
    found = flow.attribute_or_unknown(value, name.value)
    return found if default is None else union(found, default)


def _type(flow: Flow, arguments: Arguments) -> Type:
    if len(arguments.positional()) != 1:
        return UNKNOWN
    return flow.attribute_or_unknown(_first(flow, arguments), "__class__")


def _property(flow: Flow, arguments: Arguments) -> Type:
    return LibraryThing("builtins.property", True, (_first(flow, arguments, "fget"),))


def _same(flow: Flow, arguments: Arguments) -> Type:
    return _first(flow, arguments)


def _chain(flow: Flow, arguments: Arguments) -> Type:
    if not arguments.is_exact:
        return UNKNOWN
    return Sequence(union(*(flow.iterate(flow.given(value)) for value in arguments.positional())))


def _flattened(flow: Flow, arguments: Arguments) -> Type:
    return Sequence(flow.iterate(flow.iterate(_first(flow, arguments))))


def _cast(flow: Flow, arguments: Arguments) -> Type:
    value = arguments.at(1)
    if arguments.scope is not None and arguments.written and (value is None or isinstance(value, UnknownType)):
        return flow.annotation(arguments.scope.unit, arguments.written[0], arguments.scope.activation.owner)
    return UNKNOWN if value is None else value


def _lazy_object(flow: Flow, arguments: Arguments) -> Type:
    return flow.call(_first(flow, arguments, "func"))


def _oscar_class(flow: Flow, arguments: Arguments) -> Type:
    """django-oscar's `get_class("catalogue.models", "Product")`: the overridable app's own, else the shipped one."""
    module, name = arguments.at(0), arguments.at(1)
    if not (isinstance(module, Constant) and isinstance(name, Constant)):
        return UNKNOWN
    return flow.of_symbol(_class(flow, str(module.value), str(name.value)))


def _class(flow: Flow, module: str, name: str) -> Symbol | None:
    return flow.names.follow(class_of(flow.names, module, name))


def _oscar_classes(flow: Flow, arguments: Arguments) -> Type:
    module, names = arguments.at(0), arguments.written[1] if len(arguments.written) > 1 else None
    if not isinstance(module, Constant) or not isinstance(names, s.Seq):
        return UNKNOWN
    found = [item.value for item in names.items if isinstance(item, s.Str)]
    return TupleType(tuple(flow.of_symbol(_class(flow, str(module.value), name)) for name in found))


def _constant_rule(kind: Type) -> Rule:
    return lambda flow, arguments: kind


_TABLE: tuple[tuple[str, str, Rule], ...] = (
    ("django.shortcuts", "get_object_or_404 aget_object_or_404", _get_object),
    ("django.shortcuts", "get_list_or_404 aget_list_or_404", _get_list),
    ("django.shortcuts", "_get_queryset", _get_queryset),
    ("django.contrib.auth", "get_user_model", _user_model),
    ("oscar.core.compat", "get_user_model", _user_model),
    ("swapper", "load_model", _get_model),
    ("django.contrib.auth", "get_user aget_user", _user),
    ("django.conf", "LazySettings", _constant_rule(LibraryThing(SETTINGS))),
    ("model_bakery", "make prepare", _made),
    ("model_mommy", "make prepare", _made),
    ("django_dynamic_fixture", "get new G N", _made),
    ("django.apps", "get_model", _get_model),
    ("django.db.models", "get_model", _get_model),  # until Django 1.8
    ("oscar.core.loading", "get_model", _get_model),
    ("oscar.core.loading", "get_class", _oscar_class),
    ("oscar.core.loading", "get_classes", _oscar_classes),
    ("django.core.paginator", "Paginator AsyncPaginator", _paginator),
    ("django.template", "get_template select_template", _template),
    ("django.template", "Context", _context),
    ("django.template", "RequestContext", _request_context),
    ("django.utils.functional", "SimpleLazyObject", _lazy_object),
    ("django.utils.safestring", "mark_safe", _constant_rule(STR)),
    ("django.utils.html", "format_html escape", _constant_rule(STR)),
    ("django.urls", "reverse reverse_lazy", _constant_rule(STR)),
    ("django.utils.timezone", "now localtime localdate", _constant_rule(Scalar("datetime"))),
    ("builtins", "list sorted reversed set frozenset iter", _list),
    ("builtins", "tuple", _tuple),
    ("builtins", "dict", _dict),
    ("builtins", "enumerate", _enumerate),
    ("builtins", "zip", _zip),
    ("builtins", "next", _element),
    ("builtins", "min max", _extreme),
    ("builtins", "filter", _filter),
    ("builtins", "map", _map),
    ("builtins", "getattr", _getattr),
    ("builtins", "type", _type),
    ("builtins", "property", _property),
    ("builtins", "len int sum abs round id hash ord", _constant_rule(INT)),
    ("builtins", "float", _constant_rule(Scalar("float"))),
    ("builtins", "str repr input chr format", _constant_rule(STR)),
    ("builtins", "bool isinstance issubclass hasattr callable any all", _constant_rule(BOOL)),
    ("builtins", "bytes", _constant_rule(Scalar("bytes"))),
    ("builtins", "range", _constant_rule(Sequence(INT))),
    ("builtins", "print setattr", _constant_rule(NONE)),
    ("collections", "OrderedDict", _dict),
    ("collections", "defaultdict Counter ChainMap", _open_dict),
    ("collections", "deque", _list),
    ("copy", "copy deepcopy", _same),
    ("itertools", "chain", _chain),
    ("itertools", "islice takewhile cycle", _list),
    ("itertools.chain", "from_iterable", _flattened),
    ("typing", "cast", _cast),
    ("asgiref.sync", "sync_to_async async_to_sync", _same),
    ("channels.db", "database_sync_to_async", _same),
    ("datetime.datetime", "now utcnow today", _constant_rule(Scalar("datetime"))),
    ("datetime", "datetime date timedelta time", _constant_rule(Scalar("datetime"))),
    ("decimal", "Decimal", _constant_rule(Scalar("Decimal"))),
    ("uuid", "uuid4 UUID uuid1", _constant_rule(Scalar("UUID"))),
)
RULES: dict[str, list[tuple[str, Rule]]] = {}
for _prefix, _names, _function in _TABLE:
    for _name in _names.split():
        RULES.setdefault(_name, []).append((_prefix, _function))


# --- attributes -------------------------------------------------------------------------------------------------------


def attribute(flow: Flow, kind: LibraryThing, name: str) -> Type:
    if kind.dotted == SETTINGS:
        return _setting(flow, name)
    if not kind.called:
        return LibraryThing(f"{kind.dotted}.{name}")
    if kind.dotted in mapped.KINDS:
        return mapped.attribute(kind, name)
    if kind.dotted == REQUEST:
        return request_attribute(flow, name)
    if kind.dotted == STATE_APPS:
        return Method(kind, name)
    about = kind.about[0] if kind.about else UNKNOWN
    if kind.dotted in options.KINDS:
        return options.attribute(flow, kind, name)
    if kind.dotted == PAGINATOR:
        if name in ("get_page", "page", "aget_page", "apage"):
            return Method(kind, name)
        return about if name == "object_list" else INT if name in ("count", "num_pages", "per_page") else UNKNOWN
    if kind.dotted == views.MODEL_FORM:
        return Method(kind, name) if name == "save" else about if name == "instance" else UNKNOWN
    if kind.dotted in (TEMPLATE, JINJA_TEMPLATE) and name == "name":
        return about
    if name in ("get_template", "select_template") and kind.dotted.rpartition(".")[2] in JINJA_ENVIRONMENTS:
        return Method(kind, name)
    if kind.dotted == PAGE:
        if name == "object_list":
            return about
        return LibraryThing(PAGINATOR, True, (about,)) if name == "paginator" else UNKNOWN
    return UNKNOWN


def _setting(flow: Flow, name: str) -> Type:
    """The texts that the project's settings modules give a setting; any other value is not followed."""
    values = flow.project.settings.get(name)
    texts = [value.value for value in values if isinstance(value, Text) and value.complete]
    if texts and len(texts) == len(values):
        return union(*(Constant(text) for text in texts))
    return LibraryThing(f"{SETTINGS}.{name}")


def call_method(flow: Flow, kind: LibraryThing, name: str, arguments: Arguments) -> Type:
    if kind.dotted == PAGINATOR:
        return LibraryThing(PAGE, True, kind.about)
    if kind.dotted == STATE_APPS and name == "get_model":
        label, model = _first(flow, arguments, "app_label"), arguments.at(1, "model_name")
        return flow.project.history.get_model(kind, label, model)
    if kind.dotted == views.MODEL_FORM:
        return kind.about[0]
    if kind.dotted == options.OPTIONS:
        return options.call(flow, kind, name, arguments)
    if name in ("get_template", "select_template"):
        return LibraryThing(JINJA_TEMPLATE, True, (_first(flow, arguments, "name"),))
    return UNKNOWN


def request_attribute(flow: Flow, name: str) -> Type:
    if name in ("user", "auser"):
        return user(flow)
    if name in ("method", "path", "path_info", "scheme", "content_type", "encoding"):
        return STR
    return requests.given_attribute(flow, name)


def iterate(flow: Flow, kind: LibraryThing) -> Type:
    if kind.called and kind.dotted == PAGE and kind.about:
        return flow.iterate(kind.about[0])
    return UNKNOWN


def inherited(flow: Flow, cls: ClassSymbol, name: str, receiver: Type) -> Type | None:
    """What a class has from the libraries' classes among its bases."""
    return views.inherited(flow, cls, name, receiver)


def has_rule(cls: ClassSymbol, name: str) -> bool:
    """Whether a rule speaks for a name of a library's class, although its source was read."""
    return views.has_rule(cls, name)


def admin_parameter(flow: Flow, receiver: Type, name: str) -> Type:
    return views.admin_parameter(flow, receiver, name)
