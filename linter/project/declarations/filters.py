"""The names in a FilterSet of django-filter: `Meta.fields`, and `field_name=` of the filters that it declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.declarations.fields import Lack, field_names, lack, of_verdict
from linter.project.declarations.form_fields import may_be_field
from linter.project.declarations.options import Item, Where
from linter.project.declarations.wrong import Wrong, unique
from linter.project.trace import memo
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project.declarations import Declarations
    from linter.project.models import Model

FILTER_SET = ("django_filters.filterset.BaseFilterSet",)
FILTER = ("django_filters.filters.Filter",)
ORDERING = "django_filters.filters.OrderingFilter"  # its name is that of a parameter only


class Filters:
    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.classes = declarations.classes
        self.options = declarations.classes.options

    @memo
    def wrong(self, path: str) -> tuple[Wrong, ...]:
        unit = self.declarations.project.unit(path)
        if unit is None or b"ilter" not in bytes(unit.facts.module):
            return ()
        found: list[Wrong] = []
        for cls in self.classes.declaring(unit):
            if self.classes.is_below(cls, *FILTER_SET):
                found.extend(self._filter_set(cls))
        return unique([wrong for wrong in found if wrong.where.unit is unit])

    def _filter_set(self, cls: ClassSymbol) -> Iterator[Wrong]:
        meta = self.options.inner(cls, "Meta")
        model = self.classes.named_model(meta) if meta is not None else None
        if meta is None or model is None or model.abstract or not self.classes.is_seen(cls):
            return
        if "Meta" in cls.names and not self._replaces(cls, "get_filters", "get_fields"):
            for item in self.options.own(meta, "fields").strings:
                found = lack(model, item.text or "")
                if found is not None and item.text not in self.declared(cls):
                    yield self._wrong(cls, model, item, found, "Meta.fields")
        if not self._replaces(cls, "filter_queryset", "qs", "get_filters"):
            yield from self._declared_filters(cls, model)

    def _replaces(self, cls: ClassSymbol, *methods: str) -> bool:
        """Whether a class has one of these methods in a way of its own, without asking the framework's."""
        for base in self.classes.names.mro(cls)[0]:
            if not isinstance(base, ClassSymbol) or self.classes.is_framework(base):
                continue
            for method in methods:
                node = base.member(method)
                if node is None:
                    continue
                if not isinstance(node, s.FunctionDef) or node.body not in base.unit.bodies_with(["super"]):
                    return True
        return False

    @memo
    def declared(self, cls: ClassSymbol) -> frozenset[str]:
        found: set[str] = set()
        for base in self.classes.names.mro(cls)[0]:
            if isinstance(base, ClassSymbol) and not self.classes.is_framework(base):
                for name, bindings in base.names.items():
                    node = bindings[-1].node
                    if isinstance(node, s.Assign) and may_be_field(node.value):
                        found.add(name)
        return frozenset(found)

    def _declared_filters(self, cls: ClassSymbol, model: Model) -> Iterator[Wrong]:
        for name, bindings in cls.names.items():
            node = bindings[-1].node
            call = node.value if isinstance(node, s.Assign) else None
            if not isinstance(call, s.Call) or not call.is_exact or len(bindings) > 1 or not self._filters(cls, call):
                continue
            # Before django-filter 2 they were called `name` and `action`.
            given = call.keyword("field_name") or call.keyword("name") or (call.args[0] if call.args else None)
            if (call.keyword("method") or call.keyword("action")) is not None or not (
                given is None or isinstance(given, s.Str)
            ):
                continue
            path = given.value if isinstance(given, s.Str) else name
            found = self._lacking(model, path)
            if found is not None:
                at = given.at if isinstance(given, s.Str) else call.at
                item = Item(s.Str(path, at), Where(cls.unit, cls))
                yield self._wrong(cls, model, item, found, "field_name")

    def _filters(self, cls: ClassSymbol, call: s.Call) -> bool:
        """Whether a call makes a filter that does what the framework's do."""
        names = self.classes.names
        found = names.follow(names.resolve(cls.unit, call.func, cls))
        return (
            isinstance(found, ClassSymbol)
            and self.classes.is_below(found, *FILTER)
            and found.dotted != ORDERING
            and not self.classes.is_below(found, ORDERING)
            and self.classes.is_seen(found)
            and not self.classes.overrides(found, "filter", "__init__", "get_method", "field_name", "method", "__new__")
        )

    def _lacking(self, model: Model, path: str) -> Lack | None:
        if path.partition("__")[0] in self.declarations.project.flow.given_names:
            return None  # the queryset that is filtered may be annotated
        names = self.classes.manager_names(model)
        return of_verdict(self.declarations.paths.filter(model, path, names), path)

    def _wrong(self, cls: ClassSymbol, model: Model, item: Item, found: Lack, option: str) -> Wrong:
        owner = found.model or model
        return Wrong(
            item.text or "", option, "missing", cls, owner, item.where, item.at, found.part, found.offset,
            field_names(owner), target=found.field.type if found.field is not None else "",
        )  # fmt: skip
