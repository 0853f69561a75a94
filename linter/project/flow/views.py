"""What classes have from the library classes among their bases: Django's generic views, forms, admin, test cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.flow import library
from linter.project.models.field_classes import is_harmless
from linter.project.types import (
    BOOL,
    NONE,
    UNKNOWN,
    ClassType,
    Constant,
    DictType,
    Instance,
    LibraryThing,
    Method,
    ModelInstance,
    QuerySet,
    Sequence,
    Type,
    UnknownType,
    members,
    union,
)
from linter.project.units import ClassSymbol, External

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.flow.calls import Arguments

SINGLE = frozenset({
    "DetailView", "BaseDetailView", "SingleObjectMixin", "SingleObjectTemplateResponseMixin", "UpdateView",
    "BaseUpdateView", "DeleteView", "BaseDeleteView", "CreateView", "BaseCreateView", "ModelFormMixin",
    "DateDetailView", "BaseDateDetailView",
})  # fmt: skip
DATED = frozenset({
    "ArchiveIndexView", "YearArchiveView", "MonthArchiveView", "WeekArchiveView", "DayArchiveView",
    "TodayArchiveView", "BaseDateListView", "BaseArchiveIndexView", "BaseYearArchiveView", "BaseMonthArchiveView",
    "BaseWeekArchiveView", "BaseDayArchiveView",
})  # fmt: skip
MULTIPLE = frozenset({
    "ListView", "BaseListView", "MultipleObjectMixin", "MultipleObjectTemplateResponseMixin",
}) | DATED  # fmt: skip
CREATING = frozenset({"CreateView", "BaseCreateView"})
WITH_FORM = frozenset({
    "FormView", "BaseFormView", "FormMixin", "ModelFormMixin", "CreateView", "BaseCreateView", "UpdateView",
    "BaseUpdateView", "DeleteView", "BaseDeleteView", "LoginView", "PasswordChangeView", "PasswordResetView",
    "PasswordResetConfirmView",
})  # fmt: skip
CONTEXT = SINGLE | MULTIPLE | WITH_FORM | frozenset({"TemplateView", "ContextMixin", "LogoutView"})
VIEWS = CONTEXT | frozenset({"View", "RedirectView", "TemplateResponseMixin", "ProcessFormView"})

VIEW_METHODS = frozenset({
    "get_object", "get_queryset", "get_context_data", "get_form", "get_form_class", "get_context_object_name",
    "get_template_names", "get_form_kwargs", "get_paginate_by", "get_success_url",
})  # fmt: skip
VIEW_ATTRIBUTES = frozenset({
    "request", "args", "kwargs", "object", "object_list", "model", "queryset", "form_class", "template_name",
    "context_object_name", "extra_context", "paginate_by", "ordering", "template_name_suffix",
})  # fmt: skip
GIVEN = frozenset({"request", "args", "kwargs"})
FACTORY_METHODS = frozenset({"create", "build", "create_batch", "build_batch"})
API_METHODS = frozenset({"get_queryset", "get_object", "filter_queryset"})
API_ATTRIBUTES = frozenset({"request", "queryset", "kwargs", "serializer_class", "lookup_field", "action"})
FILTER_SET_NAMES = frozenset({"qs", "queryset", "request"})
MODEL_FORM = "django.forms.models.ModelForm"  # one that a view makes of its model
FORM_NAMES = frozenset({"instance", "save", "cleaned_data", "fields", "data", "errors"})


def base_names(flow: Flow, cls: ClassSymbol, package: str) -> frozenset[str]:
    """The last names of a class's bases that lie in a package."""
    names = (flow.names.name_of(base) for base in flow.names.mro(cls)[0])
    return frozenset(name.rpartition(".")[2] for name in names if name.startswith(package + "."))


def view_bases(flow: Flow, cls: ClassSymbol) -> frozenset[str]:
    return (base_names(flow, cls, "django.views") | base_names(flow, cls, "django.contrib.auth.views")) & VIEWS


def has_unread(flow: Flow, cls: ClassSymbol) -> bool:
    """Whether a class has a base of another package than Django that was not read, or one that does not resolve."""
    order = flow.names.mro(cls)[0]
    if any(isinstance(base, External) and not _is_known(base) for base in order):
        return True
    return any(None in flow.names.bases(base) for base in order if isinstance(base, ClassSymbol))


def _is_known(base: External) -> bool:
    return base.dotted.startswith("django.") or is_harmless(base)


def is_request(flow: Flow, cls: ClassSymbol) -> bool:
    return any(library.is_request(flow.names.name_of(base)) for base in flow.names.mro(cls)[0])


def has_rule(cls: ClassSymbol, name: str) -> bool:
    dotted = cls.dotted
    if dotted.startswith(("django.views.", "django.contrib.auth.views.")):
        return name in VIEW_METHODS or name in VIEW_ATTRIBUTES
    if dotted.startswith("rest_framework."):
        return name in API_METHODS or name in API_ATTRIBUTES
    if dotted.startswith("django_filters."):
        return name in FILTER_SET_NAMES
    return dotted.startswith("django.forms.") and name in FORM_NAMES


def inherited(flow: Flow, cls: ClassSymbol, name: str, receiver: Type) -> Type | None:
    if name in VIEW_METHODS or name in VIEW_ATTRIBUTES:
        bases = view_bases(flow, cls)
        if bases:
            if name not in GIVEN and has_unread(flow, cls):
                return UNKNOWN  # a base that was not read may say otherwise
            return Method(receiver, name) if name in VIEW_METHODS else _view_attribute(flow, receiver, bases, name)
        if name == "request" and not flow.names.mro(cls)[1]:
            return library.request(flow)  # every framework's class-based view calls it so
    if name in API_METHODS or name in API_ATTRIBUTES:
        if is_api_view(flow, cls):
            return Method(receiver, name) if name in API_METHODS else _api_attribute(flow, name)
    if name in FILTER_SET_NAMES and is_filter_set(flow, cls):
        return library.request(flow) if name == "request" else _given_rows(flow, cls)
    if name in FACTORY_METHODS and is_factory(flow, cls):
        return Method(receiver, name)
    if is_request(flow, cls):
        return library.request_attribute(flow, name)
    if is_form(flow, cls):
        return _form_attribute(flow, receiver, name)
    if name == "model" and base_names(flow, cls, "django.contrib.admin"):
        return admin_model(flow, cls)
    return None


def call(flow: Flow, receiver: Type, name: str, arguments: Arguments) -> Type:
    """What an inherited method gives."""
    if name == "get_queryset":
        return _view_queryset(flow, receiver)
    if name == "get_object":
        given = arguments.at(0, "queryset")
        if given is None or given == NONE:
            given = method(flow, receiver, "get_queryset")
        return flow.iterate(given)
    if name == "filter_queryset":
        return arguments.at(0, "queryset") or UNKNOWN
    if name == "get_context_data":
        return _view_context(flow, receiver, arguments)
    if name == "get_form_class":
        return flow.attribute_or_unknown(receiver, "form_class")
    if name == "get_form":
        given = arguments.at(0, "form_class")
        return flow.instance_of(given) if given is not None and given != NONE else _made_form(flow, receiver)
    if name == "get_context_object_name":
        return flow.attribute_or_unknown(receiver, "context_object_name")
    if name == "get_form_kwargs":
        return DictType(is_open=True)
    if name == "save" and not isinstance(receiver, ModelInstance):
        return _meta_model(flow, receiver)
    if name in FACTORY_METHODS:
        made = _meta_model(flow, receiver)
        return Sequence(made) if name.endswith("_batch") else made
    return UNKNOWN


def method(flow: Flow, receiver: Type, name: str) -> Type:
    """What calling a method of a view without arguments gives."""
    return flow.call(flow.attribute_or_unknown(receiver, name))


# --- generic views ----------------------------------------------------------------------------------------------------


def _view_attribute(flow: Flow, receiver: Type, bases: frozenset[str], name: str) -> Type | None:
    if name == "request":
        return library.request(flow)
    if name == "kwargs":
        return DictType(is_open=True)
    if name == "object" and bases & SINGLE:
        found = method(flow, receiver, "get_object")
        return union(found, NONE) if bases & CREATING else found
    if name == "object_list" and bases & MULTIPLE:
        return method(flow, receiver, "get_queryset")
    if name in ("args", "object", "object_list"):
        return UNKNOWN
    return NONE


def _view_queryset(flow: Flow, receiver: Type) -> Type:
    queryset = flow.attribute(receiver, "queryset")
    if queryset is not None and queryset != NONE:
        return library.rows_of(flow, union(*(m for m in members(queryset) if m != NONE)))
    return library.rows_of(flow, view_model(flow, receiver))


def view_model(flow: Flow, receiver: Type) -> Type:
    model = flow.attribute_or_unknown(receiver, "model")
    if model != NONE:
        return model
    form = flow.attribute_or_unknown(receiver, "form_class")
    meta = flow.attribute(form, "Meta") if isinstance(form, ClassType) else None
    return flow.attribute_or_unknown(meta, "model") if meta is not None else UNKNOWN


def _view_context(flow: Flow, receiver: Type, arguments: Arguments) -> Type:
    """What `ContextMixin.get_context_data` and those that extend it put into the context."""
    if not isinstance(receiver, Instance):
        return DictType(is_open=True)
    bases = view_bases(flow, receiver.symbol)
    context = DictType((("view", receiver),), values=UNKNOWN)
    if bases & WITH_FORM:
        context = context.with_item("form", method(flow, receiver, "get_form"))
    if bases & SINGLE:
        context = _with_object(flow, context, receiver)
    if bases & MULTIPLE:
        context = _with_list(flow, context, receiver)
    extra = flow.attribute_or_unknown(receiver, "extra_context")
    if isinstance(extra, DictType):
        context = context.updated(extra)
    elif extra != NONE:
        context = context.updated(DictType(is_open=True))
    for keyword in arguments.keywords:
        kind = flow.expression(arguments.scope, keyword.value) if arguments.scope is not None else UNKNOWN
        if keyword.name:
            context = context.with_item(keyword.name, kind)
        elif isinstance(kind, DictType):
            # `**kwargs` of an override: the URL's arguments and what other overrides pass, not names we would know.
            context = DictType((*context.items, *(i for i in kind.items if context.get(i[0]) is None)), kind.is_open)
    return context


def _with_object(flow: Flow, context: DictType, receiver: Instance) -> DictType:
    found = flow.attribute_or_unknown(receiver, "object")
    if isinstance(found, UnknownType):
        found = method(flow, receiver, "get_object")
    if found == NONE:
        return context
    context = context.with_item("object", found)
    for name in names_of(flow, receiver, found, ""):
        context = context.with_item(name, found)
    return context


def _with_list(flow: Flow, context: DictType, receiver: Instance) -> DictType:
    found = flow.attribute_or_unknown(receiver, "object_list")
    for name in ("object_list", *names_of(flow, receiver, found, "_list")):
        context = context.with_item(name, found)
    context = context.with_item("paginator", LibraryThing(library.PAGINATOR, True, (found,)))
    context = context.with_item("page_obj", LibraryThing(library.PAGE, True, (found,)))
    return context.with_item("is_paginated", BOOL)


def names_of(flow: Flow, receiver: Instance, value: Type, suffix: str) -> list[str]:
    """The names besides `object` or `object_list`: `context_object_name`, else the model's own name."""
    given = method(flow, receiver, "get_context_object_name")
    names = [m.value for m in members(given) if isinstance(m, Constant) and isinstance(m.value, str)]
    if names:
        return names
    kinds = [m for m in members(value) if isinstance(m, (ModelInstance, QuerySet))]
    return sorted({f"{m.model.name.lower()}{suffix}" for m in kinds})


def form(flow: Flow, receiver: Type) -> Type:
    """What `form_valid` and `form_invalid` are given."""
    is_view = isinstance(receiver, Instance) and view_bases(flow, receiver.symbol) & WITH_FORM
    return method(flow, receiver, "get_form") if is_view else UNKNOWN


def _made_form(flow: Flow, receiver: Type) -> Type:
    """A form of the view's form class, or one that is made of its model."""
    cls = method(flow, receiver, "get_form_class")
    if cls != NONE:
        return flow.instance_of(cls)
    row = flow.instance_of(view_model(flow, receiver))
    return UNKNOWN if isinstance(row, UnknownType) else LibraryThing(MODEL_FORM, True, (row,))


# --- views of Django REST framework -----------------------------------------------------------------------------------


def is_api_view(flow: Flow, cls: ClassSymbol) -> bool:
    """Whether a class is a generic view or a ViewSet that has a queryset."""
    found = base_names(flow, cls, "rest_framework.generics") | base_names(flow, cls, "rest_framework.viewsets")
    return bool(found - {"APIView", "ViewSet", "ViewSetMixin"})


def _api_attribute(flow: Flow, name: str) -> Type:
    if name == "request":
        return library.request(flow)
    return NONE if name == "queryset" else UNKNOWN


# --- forms ------------------------------------------------------------------------------------------------------------


def is_form(flow: Flow, cls: ClassSymbol) -> bool:
    return any("Form" in name for name in base_names(flow, cls, "django.forms"))


def _form_attribute(flow: Flow, receiver: Type, name: str) -> Type | None:
    if name == "instance":
        return _meta_model(flow, receiver)
    if name == "save":
        return Method(receiver, name)
    if name == "cleaned_data":
        return DictType(is_open=True)
    return UNKNOWN


def _meta_model(flow: Flow, receiver: Type) -> Type:
    meta = flow.attribute(receiver, "Meta")
    if not isinstance(meta, ClassType):
        return UNKNOWN
    return flow.instance_of(library.model_class(flow, flow.attribute_or_unknown(meta, "model")))


# --- factories --------------------------------------------------------------------------------------------------------


def is_factory(flow: Flow, cls: ClassSymbol) -> bool:
    """A factory of factory_boy: calling it gives an instance of its `Meta.model`."""
    return "Factory" in base_names(flow, cls, "factory") or "DjangoModelFactory" in base_names(flow, cls, "factory")


def constructed(flow: Flow, cls: ClassType) -> Type | None:
    return _meta_model(flow, cls) if is_factory(flow, cls.symbol) else None


# --- filters ----------------------------------------------------------------------------------------------------------


def is_filter_set(flow: Flow, cls: ClassSymbol) -> bool:
    return "FilterSet" in base_names(flow, cls, "django_filters")


def filtered_rows(flow: Flow, cls: ClassSymbol) -> Type:
    """What django-filter hands to the methods of a FilterSet: rows of its `Meta.model`, with any annotation that the
    project makes somewhere."""
    found: list[Type] = []
    for one in (cls, *flow.hierarchy.subclasses(cls)):
        rows = library.rows_of(flow, flow.attribute_or_unknown(_meta(flow, one), "model"))
        found.extend(members(rows))
    kinds = [replace(kind, extra=kind.extra | flow.given_names) for kind in found if isinstance(kind, QuerySet)]
    return union(*kinds) if kinds and len(kinds) == len(found) else UNKNOWN


def _given_rows(flow: Flow, cls: ClassSymbol) -> Type:
    """What a FilterSet holds outside its own methods: those of the model, if whoever made it gave no other rows."""
    kinds = members(filtered_rows(flow, cls))
    return union(*(replace(kind, is_open=True) if isinstance(kind, QuerySet) else kind for kind in kinds))


def _meta(flow: Flow, cls: ClassSymbol) -> Type:
    meta = flow.attribute(ClassType(cls), "Meta")
    return meta if isinstance(meta, ClassType) else UNKNOWN


# --- admin ------------------------------------------------------------------------------------------------------------


def admin_model(flow: Flow, cls: ClassSymbol) -> Type:
    """The models that a ModelAdmin is registered for, in its own module."""
    scope = flow.module_scope(cls.unit)
    found: list[Type] = []
    for decorator in cls.node.decorators:
        if isinstance(decorator, s.Call) and _is_register(decorator):
            found.extend(flow.expression(scope, argument) for argument in decorator.args)
    for point in flow.module_frame(cls.unit).points:
        call_ = point.expr
        if isinstance(call_, s.Call) and _is_register(call_) and len(call_.args) > 1:
            if isinstance(call_.args[1], s.Name) and call_.args[1].id == cls.name:
                found.append(flow.expression(scope, call_.args[0]))
    kinds: list[Type] = []
    for kind in found:
        kinds.append(flow.iterate(kind) if isinstance(kind, Sequence) else kind)
    return library.model_class(flow, union(*kinds)) if kinds else UNKNOWN


def _is_register(call_: s.Call) -> bool:
    return (
        isinstance(call_.func, (s.Attr, s.Name))
        and (call_.func.name if isinstance(call_.func, s.Attr) else call_.func.id) == "register"
    )


def admin_parameter(flow: Flow, receiver: Type, name: str) -> Type:
    """`obj` and `queryset` in a ModelAdmin's methods."""
    if not isinstance(receiver, Instance) or not base_names(flow, receiver.symbol, "django.contrib.admin"):
        return UNKNOWN
    model = flow.attribute_or_unknown(receiver, "model")
    return flow.instance_of(model) if name == "obj" else library.rows_of(flow, model)
