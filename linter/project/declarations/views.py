"""The names in the options of class-based views: Django's generic ones, and those of Django REST framework."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.constants import DictValue, texts
from linter.project.declarations.fields import (
    Lack,
    editable_names,
    end,
    field_names,
    is_django_relation,
    is_editable,
    lack,
    lacks_form_field,
    of_verdict,
)
from linter.project.declarations.options import Item, Listed, Where
from linter.project.declarations.wrong import Wrong, unique
from linter.project.flow import library
from linter.project.flow import views as flow_views
from linter.project.flow.scopes import Scope
from linter.project.flow.walk import calls_in
from linter.project.queries.verdicts import Names, Verdict
from linter.project.trace import cached_property, memo
from linter.project.types import ClassType, Instance, QuerySet, members
from linter.project.units import ClassSymbol, Unit

if TYPE_CHECKING:
    from linter.project.declarations import Declarations
    from linter.project.models import Model

VIEW = "django.views.generic.base.View"
REST_VIEW = ("rest_framework.generics.GenericAPIView",)
MODEL_FORM_VIEW = ("django.views.generic.edit.ModelFormMixin",)
SINGLE = ("django.views.generic.detail.SingleObjectMixin",)
MULTIPLE = ("django.views.generic.list.MultipleObjectMixin",)
DATED = ("django.views.generic.dates.DateMixin",)
SEARCH, ORDER, FILTER = (
    "rest_framework.filters.SearchFilter", "rest_framework.filters.OrderingFilter",
    "django_filters.rest_framework.backends.DjangoFilterBackend",
)  # fmt: skip
# Methods of a filter backend that may read the options in their own way.
_FILTERING = (
    "filter_queryset", "get_search_fields", "construct_search", "get_ordering", "get_default_ordering",
    "get_valid_fields", "remove_invalid_fields", "get_filterset", "get_filterset_class",
)  # fmt: skip

Judge = Callable[["Model", str, Names], "Verdict | Lack | None"]


class Rows(msgspec.Struct, frozen=True):
    """What a view gives out: rows of a model, and what they know besides its fields."""

    model: Model
    names: Names


class Views:
    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.classes = declarations.classes
        self.options = declarations.classes.options
        self.flow = declarations.project.flow

    @memo
    def wrong(self, path: str) -> tuple[Wrong, ...]:
        unit = self.declarations.project.unit(path)
        if unit is None or ("View" not in unit.module.uses and b"enerics" not in bytes(unit.facts.module)):
            return ()
        found: list[Wrong] = []
        for cls in self.classes.declaring(unit):
            if self.classes.is_below(cls, *REST_VIEW):
                found.extend(self._rest(cls))
            elif self.classes.is_below(cls, VIEW):
                found.extend(self._generic(cls))
        found.extend(self._as_views(unit))
        return unique([wrong for wrong in found if wrong.where.unit is unit])

    def _rows(self, cls: ClassSymbol) -> Rows | None:
        if self.classes.is_below(cls, *REST_VIEW) and not self.classes.overrides(cls, "get_queryset"):
            kind = library.rows_of(self.flow, self.flow.attribute_or_unknown(Instance(cls), "queryset"))
        else:
            kind = flow_views.method(self.flow, Instance(cls), "get_queryset")
        kinds = [member for member in members(kind) if isinstance(member, QuerySet)]
        models = {member.model for member in kinds}
        if len(models) != 1 or len(kinds) != len(members(kind)) or kinds[0].model.abstract:
            return None
        extra = frozenset[str]().union(*(member.extra for member in kinds))
        return Rows(kinds[0].model, Names(extra, any(member.is_open for member in kinds)))

    # --- Django REST framework ------------------------------------------------------------------------------------------

    def _rest(self, cls: ClassSymbol) -> Iterator[Wrong]:
        paths = self.declarations.paths
        named = [name for name in ("lookup_field", "search_fields", "ordering_fields", "ordering", "filterset_fields")
                 if self._gives(cls, name)]  # fmt: skip
        rows = self._rows(cls) if named else None
        if rows is None:
            return
        if "lookup_field" in named and not self.classes.overrides(cls, "get_object") and not self._reads_lookup(cls):
            yield from self._each(cls, "lookup_field", rows, paths.filter, "lookup")
        if self.classes.overrides(cls, "filter_queryset", "get_filter_backends", "filter_backend"):
            return
        if "search_fields" in named and self._uses(cls, SEARCH):
            for item in self._listed(cls, "search_fields").strings:
                yield from self._search(cls, rows, item)
        for option in ("ordering_fields", "ordering"):
            if option in named and self._uses(cls, ORDER):
                yield from self._each(cls, option, rows, paths.order, "ordering")
        if "filterset_fields" in named and self._uses(cls, FILTER):
            yield from self._each(cls, "filterset_fields", rows, lambda model, name, _: lack(model, name), "filter")

    def _reads_lookup(self, cls: ClassSymbol) -> bool:
        """Whether the project's own code of a view reads `self.lookup_field`: it may make something else of it."""
        for base in self.classes.names.mro(cls)[0]:
            if isinstance(base, ClassSymbol) and not self.classes.is_framework(base):
                bodies = base.unit.bodies_with(["lookup_field"])
                if any(method.body in bodies for method in base.methods):
                    return True
        return False

    def _gives(self, cls: ClassSymbol, name: str) -> bool:
        """Whether a class, or a base of it outside the frameworks, gives an option."""
        found = self.options.of(cls, name)
        return found is not None and not self.classes.is_framework(found.owner)

    def _listed(self, cls: ClassSymbol, name: str) -> Listed:
        """The names in an option that may be a single string, too."""
        found = self.options.of(cls, name)
        if found is not None and isinstance(found.value, s.Str):
            return Listed((Item(found.value, found.where),), True)
        return self.options.listed(cls, name)

    @memo
    def _backends(self, cls: ClassSymbol) -> tuple[ClassSymbol, ...]:
        """The filter backends of a view that are known; a project's own count where they change nothing."""
        names = self.classes.names
        if not self._gives(cls, "filter_backends"):
            return self._default_backends
        found: list[ClassSymbol] = []
        for item in self.options.listed(cls, "filter_backends").items:
            symbol = names.follow(names.resolve(item.where.unit, item.expr, item.where.owner))
            if isinstance(symbol, ClassSymbol):
                found.append(symbol)
        return tuple(found)

    @cached_property
    def _default_backends(self) -> tuple[ClassSymbol, ...]:
        found: list[ClassSymbol] = []
        for value in self.declarations.project.settings.get("REST_FRAMEWORK"):
            given = value.get("DEFAULT_FILTER_BACKENDS") if isinstance(value, DictValue) else None
            for text in texts(given or ()):
                symbol = self.classes.names.follow(self.classes.names.find(text.value))
                if isinstance(symbol, ClassSymbol):
                    found.append(symbol)
        return tuple(found)

    def _uses(self, cls: ClassSymbol, backend: str) -> bool:
        return any(
            (each.dotted == backend or self.classes.is_below(each, backend))
            and not self.classes.overrides(each, *_FILTERING)
            for each in self._backends(cls)
        )

    def _search(self, cls: ClassSymbol, rows: Rows, item: Item) -> Iterator[Wrong]:
        text = item.text or ""
        name = text[1:] if text[:1] and text[0] in "^=@$" else text
        if not name:
            return
        found = of_verdict(self.declarations.paths.filter(rows.model, name, rows.names), name)
        shift = len(text) - len(name)
        if found is not None:
            yield self._lacking(cls, "search_fields", rows, item, replace(found, offset=found.offset + shift), "search")
        elif name.partition("__")[0] not in rows.names.extra and not rows.names.is_open:
            if is_django_relation(end(rows.model, name)):
                last = name.rpartition("__")[2]
                yield self._lacking(
                    cls, "search_fields", rows, item, Lack(None, last, len(text) - len(last)), "relation"
                )

    # --- Django's generic views -------------------------------------------------------------------------------------------

    def _generic(self, cls: ClassSymbol) -> Iterator[Wrong]:
        below = self.classes.is_below
        paths = self.declarations.paths
        if below(cls, *MODEL_FORM_VIEW) and self._gives(cls, "fields"):
            yield from self._form_fields(cls)
        if below(cls, *SINGLE) and self._gives(cls, "slug_field"):
            if not self.classes.overrides(cls, "get_object", "get_slug_field"):
                yield from self._of_rows(cls, "slug_field", paths.filter, "slug")
        if below(cls, *MULTIPLE) and self._gives(cls, "ordering"):
            if not self.classes.overrides(cls, "get_queryset", "get_ordering"):
                yield from self._of_rows(cls, "ordering", paths.order, "ordering")
        if below(cls, *DATED) and self._gives(cls, "date_field"):
            if not self.classes.overrides(cls, "get_date_field", "get_dated_items", "get_dated_queryset"):
                yield from self._of_rows(cls, "date_field", lambda model, name, _: lack(model, name), "date")

    def _of_rows(self, cls: ClassSymbol, option: str, judge: Judge, problem: str) -> Iterator[Wrong]:
        rows = self._rows(cls)
        if rows is not None:
            yield from self._each(cls, option, rows, judge, problem)

    def _form_fields(self, cls: ClassSymbol) -> Iterator[Wrong]:
        """`fields` of a CreateView or an UpdateView, which makes a form of them."""
        if self._gives(cls, "form_class") or self.classes.overrides(cls, "get_form_class", "get_form"):
            return
        rows = self._rows(cls)
        models = self.declarations.project.models
        for item in self.options.listed(cls, "fields").strings if rows is not None else ():
            assert rows is not None
            name = item.text or ""
            field = rows.model.fields.get(name)
            found = Lack(rows.model, name, 0)
            if field is not None and not field.is_generic:
                if is_editable(models, field) is False:
                    yield replace(self._lacking(cls, "fields", rows, item, found, "not-editable"), known=frozenset())
            elif lacks_form_field(rows.model, name):
                known = editable_names(models, rows.model)
                yield replace(self._lacking(cls, "fields", rows, item, found, "not-in-form"), known=known)

    # --- as_view() ----------------------------------------------------------------------------------------------------------

    def _as_views(self, unit: Unit) -> Iterator[Wrong]:
        if b"as_view" not in bytes(unit.facts.module):
            return
        activation = self.flow.module_scope(unit).activation
        for point in self.flow.module_frame(unit).points:
            for call, scope in calls_in(point.expr, Scope(activation, point.env)):
                if call.keywords and isinstance(call.func, s.Attr) and call.func.name == "as_view":
                    yield from self._as_view(unit, call, scope, call.func.value)

    def _as_view(self, unit: Unit, call: s.Call, scope: Scope, asked: s.Expr) -> Iterator[Wrong]:
        kind = self.flow.expression(scope, asked)
        if not isinstance(kind, ClassType) or not self._is_plain_view(kind.symbol):
            return
        cls = kind.symbol
        for keyword in call.keywords:
            if keyword.name and not self.classes.has(cls, keyword.name):
                names = (base.names for base in self.classes.names.mro(cls)[0] if isinstance(base, ClassSymbol))
                known = frozenset(
                    name for each in names for name, found in each.items() if isinstance(found[-1].node, s.Assign)
                )
                name = keyword.name
                yield Wrong(name, "as_view", "keyword", cls, None, Where(unit), keyword.at, name, 0, known)

    def _is_plain_view(self, cls: ClassSymbol) -> bool:
        """Whether a class's `as_view` is that of Django's View, and its attributes were all seen."""
        if cls.dotted != VIEW and not self.classes.is_below(cls, VIEW):
            return False
        found = self.options.of(cls, "as_view")
        return found is not None and found.owner.dotted == VIEW and self.classes.is_seen(cls)

    # --- what is said -------------------------------------------------------------------------------------------------------

    def _each(self, cls: ClassSymbol, option: str, rows: Rows, judge: Judge, problem: str) -> Iterator[Wrong]:
        for item in self._listed(cls, option).strings:
            text = item.text or ""
            name = text.lstrip("-") if problem == "ordering" else text
            if name in ("__all__", "?", "pk", ""):
                continue
            verdict = judge(rows.model, name, rows.names)
            found = of_verdict(verdict, name) if isinstance(verdict, Verdict) else verdict
            if found is not None:
                shifted = replace(found, offset=found.offset + len(text) - len(name))
                yield self._lacking(cls, option, rows, item, shifted, problem)

    def _lacking(self, cls: ClassSymbol, option: str, rows: Rows, item: Item, found: Lack, problem: str) -> Wrong:
        known = field_names(found.model) if found.model is not None else frozenset[str]()
        return Wrong(
            item.text or "", option, problem, cls, found.model or rows.model, item.where, item.at, found.part,
            found.offset, known, item.position, found.field.type if found.field is not None else "",
        )  # fmt: skip
