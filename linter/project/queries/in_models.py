"""The names of fields that models say of themselves: in `class Meta`, and in the options of their fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.project.flow.scopes import Scope
from linter.project.models.arguments import Argument
from linter.project.models.model import Field, Model
from linter.project.queries.expressions import Written, texts
from linter.project.queries.members import field_of
from linter.project.queries.verdicts import Vocabulary
from linter.project.trace import cached_property
from linter.project.types import QuerySet
from linter.project.units import ClassSymbol, Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project.queries import Queries, Site

GENERIC_KEY = "django.contrib.contenttypes.fields.GenericForeignKey"
TOGETHER = ("unique_together", "index_together")
FOR_DATES = ("unique_for_date", "unique_for_month", "unique_for_year")
Fault = Literal["missing", "many", "inherited"]


class Wrong(msgspec.Struct, frozen=True):
    """A name in an option that has to be a field's: of `model`, which `owner` speaks of in its Meta or in a field."""

    option: str
    name: str
    owner: Model
    model: Model
    why: Fault
    unit: Unit
    at: int
    function: s.FunctionDef | None

    @property
    def span(self) -> Span:
        return self.unit.span(self.at, self.function)


class InModels:
    def __init__(self, queries: Queries) -> None:
        self.queries = queries
        self.project = queries.project

    @cached_property
    def _models(self) -> tuple[Model, ...]:
        return tuple(model for model in self.project.models if model.registered)

    # --- paths, as in queries -----------------------------------------------------------------------------------------

    @cached_property
    def sites(self) -> dict[str, list[Site]]:
        """Paths in the order of rows, in conditions and expressions: by file, each place once, for the worst of the models
        that have it."""
        found: dict[tuple[str, int], Site] = {}
        for model in self._models:
            for written, option, asked, scope in self._paths(model):
                site = self.queries.site_of(written, option, QuerySet(asked), scope)
                known = found.setdefault((site.path, site.at), site)
                if known.verdict.status.value != "invalid":
                    found[site.path, site.at] = site
        by_path: dict[str, list[Site]] = defaultdict(list)
        for site in found.values():
            by_path[site.path].append(site)
        return dict(by_path)

    def _paths(self, model: Model) -> Iterator[tuple[Written, str, Model, Scope]]:
        for option in ("ordering", "get_latest_by", "indexes", "constraints"):
            given = model.meta.option(option)
            if given is not None and model.meta.symbol is not None:
                scope = self._scope(given.unit)
                for written in self._in_option(option, given.expr, scope):
                    yield written, f"Meta.{option}", model, scope
        for field in model.assembly.local.values():
            limit = field.option("limit_choices_to")
            if isinstance(limit, Argument) and field.related is not None and field.path == limit.unit.path:
                scope = self._scope(limit.unit)
                for written in self._in_limit(limit.expr, scope):
                    yield written, "limit_choices_to", field.related, scope

    def _scope(self, unit: Unit) -> Scope:
        return self.project.flow.module_scope(unit)

    def _in_option(self, option: str, expr: s.Expr, scope: Scope) -> Iterator[Written]:
        reader = self.queries.reader
        if option == "get_latest_by":
            yield from texts(expr, Vocabulary.ORDER)
        elif option == "ordering":
            for item in expr.items if isinstance(expr, s.Seq) else ():
                if isinstance(item, s.Str):
                    yield Written(item.value, item.at, Vocabulary.ORDER)
                else:
                    yield from reader.conditions((item,), scope)
        else:
            for call in self._calls(expr, scope):
                yield from reader.conditions(tuple(a for a in call.args if not isinstance(a, s.Str)), scope)
                for name in ("condition", "check"):
                    condition = call.keyword(name)
                    if condition is not None:
                        yield from reader.conditions((condition,), scope)

    def _calls(self, expr: s.Expr, scope: Scope) -> Iterator[s.Call]:
        """Django's indexes and constraints in a list."""
        for item in expr.items if isinstance(expr, s.Seq) else ():
            if isinstance(item, s.Call) and self.queries.reader.expressions.class_name(item, scope):
                yield item

    def _in_limit(self, expr: s.Expr, scope: Scope) -> Iterator[Written]:
        if isinstance(expr, s.Dict):
            for key, _ in expr.items:
                if isinstance(key, s.Str):
                    yield Written(key.value, key.at, Vocabulary.FILTER)
        else:
            yield from self.queries.reader.conditions((expr,), scope)

    # --- plain names --------------------------------------------------------------------------------------------------

    @cached_property
    def wrong(self) -> dict[str, list[Wrong]]:
        """By file, each place once."""
        found: dict[tuple[str, int], Wrong] = {}
        for model in self._models:
            for wrong in (*self._wrong_in_meta(model), *self._wrong_in_fields(model)):
                found.setdefault((wrong.unit.path, wrong.at), wrong)
        by_path: dict[str, list[Wrong]] = defaultdict(list)
        for wrong in found.values():
            by_path[wrong.unit.path].append(wrong)
        return dict(by_path)

    def _wrong_in_meta(self, model: Model) -> Iterator[Wrong]:
        if model.meta.symbol is None:
            return
        for option in (*TOGETHER, "order_with_respect_to", "indexes", "constraints"):
            given = model.meta.option(option)
            for name in self._names(option, given) if given is not None else ():
                why = _fault(model, name.value.lstrip("-") if option == "indexes" else name.value, option)
                if why and given is not None:
                    yield Wrong(option, name.value, model, model, why, given.unit, name.at, model.symbol.function)

    def _names(self, option: str, given: Argument) -> Iterator[s.Str]:
        if option in ("indexes", "constraints"):
            for call in self._calls(given.expr, self._scope(given.unit)):
                for keyword in ("fields", "include"):
                    names = call.keyword(keyword)
                    if names is not None:
                        yield from _texts(names)
        else:
            yield from _texts(given.expr)

    def _wrong_in_fields(self, model: Model) -> Iterator[Wrong]:
        for field in model.assembly.local.values():
            if field.declared is None or field.declared.unit.is_library:
                continue  # what a library adds stands nowhere in the project
            for option, asked in self._asked(model, field):
                given = field.option(option)
                if not isinstance(given, Argument) or asked is None:
                    continue
                # What the field's class takes where nothing is given stands nowhere but in the call.
                is_default = given.unit.is_library and given.unit is not field.owner.unit and field.call is not None
                unit = field.owner.unit if is_default else given.unit
                for name in _texts(given.expr):
                    at = field.call.at if is_default and field.call is not None else name.at
                    if unit.path == field.path and self._is_missing(asked, option, name.value):
                        yield Wrong(option, name.value, model, asked, "missing", unit, at, field.owner.function)

    def _asked(self, model: Model, field: Field) -> Iterator[tuple[str, Model | None]]:
        """The options of a field that name fields, and whose fields they name."""
        symbol = field.type_symbol
        yield from ((option, model) for option in FOR_DATES)
        if isinstance(symbol, ClassSymbol) and symbol.dotted == GENERIC_KEY:
            yield "ct_field", model
            yield "fk_field", model
        elif field.field_class.kind in ("foreign_key", "one_to_one"):
            yield "to_field", field.related
        elif field.field_class.kind == "generic_relation":
            yield "content_type_field", field.related
            yield "object_id_field", field.related
        elif field.many_to_many:
            through = field.option("through")
            if isinstance(through, Argument):
                yield "through_fields", self.project.models.reference_in(through.unit, model, through.expr)

    def _is_missing(self, model: Model, option: str, name: str) -> bool:
        if option in FOR_DATES:
            return model.lacks_attribute(name)
        return _fault(model, name, option) == "missing" and name not in model.query_names


def _fault(model: Model, name: str, option: str) -> Fault | None:
    """What is wrong with a name that has to be that of a field in the model's own table."""
    field = field_of(model, name)
    if field is None:
        is_known = model.open or model.abstract or name in model.possible_names or name == "pk"
        return None if is_known else "missing"
    if option in (*TOGETHER, "indexes", "constraints"):
        if field.many_to_many:
            return "many"
        if field.model is not model and not model.proxy and not field.model.abstract and not model.open:
            return "inherited"
    return None


def _texts(expr: s.Expr) -> Iterator[s.Str]:
    """The strings in a list, or in a list of lists."""
    if isinstance(expr, s.Str):
        yield expr
    elif isinstance(expr, s.Seq):
        for item in expr.items:
            yield from _texts(item)
