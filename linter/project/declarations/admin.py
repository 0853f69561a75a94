"""The names in a ModelAdmin's or an inline's options, each judged as Django uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.declarations.admin_forms import AdminForms
from linter.project.declarations.column_orders import ColumnOrders
from linter.project.declarations.fields import (
    Lack,
    end,
    field_names,
    is_django_relation,
    is_editable,
    lack,
    lacks_field,
    meta_field,
    of_verdict,
)
from linter.project.declarations.options import Item, Where
from linter.project.declarations.wrong import Wrong, unique
from linter.project.models.model import Field
from linter.project.queries.verdicts import Names
from linter.project.trace import memo
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project.declarations import Declarations
    from linter.project.models import Model

ADMIN = "django.contrib.admin.ModelAdmin"
BASE_ADMIN = ("django.contrib.admin.options.BaseModelAdmin",)
INLINE = ("django.contrib.admin.options.InlineModelAdmin",)
SEARCH_PREFIXES = "^=@"
SITE_ACTIONS = frozenset({"delete_selected"})


class Subject(NamedTuple):
    """An admin class for one of its models; `rows`: what its querysets know besides the model's fields."""

    cls: ClassSymbol
    model: Model
    rows: Callable[[], Names]


class Admin:
    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.classes = declarations.classes
        self.options = declarations.classes.options
        self.forms = AdminForms(declarations)
        self.columns = ColumnOrders(declarations.classes)
        self._rules: dict[str, Callable[[Subject, str], Iterator[Wrong]]] = {
            "list_display": self._list_display,
            "list_display_links": self._display_links,
            "list_filter": self._list_filter,
            "list_editable": self._list_editable,
            "list_select_related": self._select_related,
            "readonly_fields": self._readonly,
            "ordering": self._ordering,
            "date_hierarchy": self._date_hierarchy,
            "raw_id_fields": self._fields,
            "autocomplete_fields": self._fields,
            "filter_horizontal": self._fields,
            "filter_vertical": self._fields,
            "radio_fields": self._fields,
            "prepopulated_fields": self._prepopulated,
            "actions": self._actions,
            "fk_name": self._fk_name,
        }

    @memo
    def subjects(self, path: str) -> tuple[Subject, ...]:
        """The admin classes of a file, once for each model."""
        unit = self.declarations.project.unit(path)
        if unit is None or "admin" not in unit.facts.module.decode("utf-8", "replace"):
            return ()
        found: list[Subject] = []
        for cls in self.classes.declaring(unit):
            if self.classes.is_below(cls, *BASE_ADMIN):
                found.extend(self._subject(cls, model) for model in self._models(cls))
        return tuple(found)

    def _models(self, cls: ClassSymbol) -> tuple[Model, ...]:
        if self.classes.is_below(cls, *INLINE):
            models: list[Model | None] = [self.classes.named_model(cls)]
        else:
            models = list(self.declarations.registrations.of(cls))
        return tuple(model for model in models if model is not None and not model.abstract)

    def _subject(self, cls: ClassSymbol, model: Model) -> Subject:
        return Subject(cls, model, lambda: self.classes.rows(cls, model))

    # --- search_fields ------------------------------------------------------------------------------------------------

    @memo
    def wrong_search_fields(self, path: str) -> tuple[Wrong, ...]:
        found: list[Wrong] = []
        for subject in self.subjects(path):
            if not self.classes.overrides(subject.cls, "get_search_fields", "get_search_results"):
                for item in self.options.listed(subject.cls, "search_fields").strings:
                    found.extend(self._search(subject, item))
        return unique([inherited(wrong) for wrong in found])

    def _search(self, subject: Subject, item: Item) -> Iterator[Wrong]:
        text = item.text or ""
        name = text[1:] if text[:1] and text[0] in SEARCH_PREFIXES else text
        if not name:
            return
        names = subject.rows()
        verdict = self.declarations.paths.filter(subject.model, name, names)
        shift = len(text) - len(name)
        wrong = of_verdict(verdict, name)
        if wrong is not None:
            yield self._lacking(subject, "search_fields", item, replace(wrong, offset=wrong.offset + shift), "missing")
        elif name.partition("__")[0] not in names.extra and not names.is_open:
            member = end(subject.model, name)
            if is_django_relation(member):
                last = name.rpartition("__")[2]
                relation = Lack(None, last, len(text) - len(last))
                target = member.type if isinstance(member, Field) else type(member).__name__
                yield replace(self._lacking(subject, "search_fields", item, relation, "relation"), target=target)

    # --- all other options --------------------------------------------------------------------------------------------

    @memo
    def wrong_fields(self, path: str) -> tuple[Wrong, ...]:
        found: list[Wrong] = []
        for subject in self.subjects(path):
            if self.classes.overrides(subject.cls, "check", "checks_class"):
                continue
            for option, rule in self._rules.items():
                if not self.classes.overrides(subject.cls, f"get_{option}"):
                    found.extend(rule(subject, option))
            found.extend(self.forms.wrong(subject.cls, subject.model))
            found.extend(self._column_orders(subject))
        return unique([inherited(wrong) for wrong in found])

    def _strings(self, subject: Subject, option: str) -> tuple[Item, ...]:
        return self.options.listed(subject.cls, option).strings

    def _list_display(self, subject: Subject, option: str) -> Iterator[Wrong]:
        for item in self._strings(subject, option):
            name = item.text or ""
            if self.classes.has(subject.cls, name):
                continue
            field = subject.model.fields.get(name)
            if field is not None and field.many_to_many:
                yield self._wrong(subject, option, item, "many-to-many", name)
            elif self._lacks_all(subject, name) and self._lacks_path(subject.model, name):
                yield self._wrong(subject, option, item, "missing", name)

    def _lacks_path(self, model: Model, name: str) -> bool:
        return "__" not in name or lack(model, name) is not None

    def _lacks_all(self, subject: Subject, name: str) -> bool:
        """Whether neither the admin class nor the model's class has a name."""
        return (
            self.classes.is_seen(subject.cls)
            and not self.classes.has(subject.cls, name)
            and lacks_field(subject.model, name)
            and subject.model.lacks_attribute(name)
            and not self.classes.has(subject.model.symbol, name)
        )

    def _display_links(self, subject: Subject, option: str) -> Iterator[Wrong]:
        shown = self.options.listed(subject.cls, "list_display")
        if not shown.is_whole or self.options.of(subject.cls, "list_display") is None:
            return
        if self.classes.overrides(subject.cls, "get_list_display"):
            return
        for item in self._strings(subject, option):
            if item.text not in shown.texts and not any(isinstance(i.expr, s.Unknown) for i in shown.items):
                yield self._wrong(subject, option, item, "not-displayed", item.text or "", shown.texts)

    def _list_filter(self, subject: Subject, option: str) -> Iterator[Wrong]:
        for item in self.options.listed(subject.cls, option).items:
            expr = item.expr
            if isinstance(expr, s.Seq) and len(expr.items) == 2:
                item = replace(item, expr=expr.items[0])
            name = item.text
            found = lack(subject.model, name) if name is not None else None
            if found is not None:
                yield self._lacking(subject, option, item, found, "no-field")

    def _list_editable(self, subject: Subject, option: str) -> Iterator[Wrong]:
        shown = self.options.listed(subject.cls, "list_display")
        for item in self._strings(subject, option):
            name = item.text or ""
            member = meta_field(subject.model, name)
            if lacks_field(subject.model, name):
                yield self._wrong(subject, option, item, "not-a-field", name)
            elif shown.is_whole and name not in shown.texts:
                if not self.classes.overrides(subject.cls, "get_list_display"):
                    yield self._wrong(subject, option, item, "not-in-display", name, shown.texts)
            elif isinstance(member, Field) and is_editable(self.declarations.project.models, member) is False:
                yield self._wrong(subject, option, item, "not-editable-in-list", name)

    def _select_related(self, subject: Subject, option: str) -> Iterator[Wrong]:
        for item in self._strings(subject, option):
            found = of_verdict(
                self.declarations.paths.select(subject.model, item.text or "", subject.rows()), item.text or ""
            )
            if found is not None:
                yield self._lacking(subject, option, item, found, "not-single")

    def _readonly(self, subject: Subject, option: str) -> Iterator[Wrong]:
        for item in self._strings(subject, option):
            if self._lacks_all(subject, item.text or ""):
                yield self._wrong(subject, option, item, "not-readable", item.text or "")

    def _ordering(self, subject: Subject, option: str) -> Iterator[Wrong]:
        for item in self._strings(subject, option):
            text = item.text or ""
            name = text.lstrip("-")
            if "__" in name:
                verdict = self.declarations.paths.order(subject.model, name, subject.rows())
                found = of_verdict(verdict, name)
                if found is not None:
                    shift = len(text) - len(name)
                    yield self._lacking(
                        subject, option, item, replace(found, offset=found.offset + shift), "unsortable"
                    )
            elif name not in ("?", "pk") and lacks_field(subject.model, name):
                yield self._wrong(subject, option, item, "not-a-field", name)

    def _column_orders(self, subject: Subject) -> Iterator[Wrong]:
        for column, item in self.columns.of(subject.cls, subject.model):
            text = item.text or ""
            name = text.lstrip("-")
            found = of_verdict(self.declarations.paths.order(subject.model, name, subject.rows()), name)
            if found is not None and name != "?":
                shifted = replace(found, offset=found.offset + len(text) - len(name))
                yield self._lacking(subject, column, item, shifted, "unsortable-column")

    def _fk_name(self, subject: Subject, option: str) -> Iterator[Wrong]:
        given = self.options.of(subject.cls, option)
        if given is not None and isinstance(given.value, s.Str):
            name = given.value.value
            if lacks_field(subject.model, name):
                yield self._wrong(subject, option, Item(given.value, given.where), "no-foreign-key", name)

    def _date_hierarchy(self, subject: Subject, option: str) -> Iterator[Wrong]:
        given = self.options.of(subject.cls, option)
        if given is not None and isinstance(given.value, s.Str) and given.value.value:
            item = Item(given.value, given.where)
            found = lack(subject.model, given.value.value)
            if found is not None:
                yield self._lacking(subject, option, item, found, "no-hierarchy")

    def _fields(self, subject: Subject, option: str) -> Iterator[Wrong]:
        for item in self._strings(subject, option):
            name = item.text or ""
            if lacks_field(subject.model, name):
                yield self._wrong(subject, option, item, "not-a-field", name)

    def _prepopulated(self, subject: Subject, option: str) -> Iterator[Wrong]:
        yield from self._fields(subject, option)
        given = self.options.of(subject.cls, option)
        for key, value in given.value.items if given is not None and isinstance(given.value, s.Dict) else ():
            if given is None or not isinstance(key, s.Str):
                continue
            label = f'prepopulated_fields["{key.value}"]'
            for item in self.options.elements(value, given.where).strings:
                if lacks_field(subject.model, item.text or ""):
                    yield self._wrong(subject, label, item, "not-a-field", item.text or "")

    def _actions(self, subject: Subject, option: str) -> Iterator[Wrong]:
        for item in self._strings(subject, option):
            name = item.text or ""
            if name in SITE_ACTIONS or self.classes.has(subject.cls, name) or not self.classes.is_seen(subject.cls):
                continue
            if not self.declarations.has_own_site_actions:
                yield self._wrong(subject, option, item, "no-action", name, self.classes.own_names(subject.cls))

    # --- what is said -------------------------------------------------------------------------------------------------

    def _wrong(
        self, subject: Subject, option: str, item: Item, problem: str, part: str, known: frozenset[str] | None = None
    ) -> Wrong:
        text = item.text or ""
        names = known if known is not None else field_names(subject.model)
        return Wrong(
            text, option, problem, subject.cls, subject.model, item.where, item.at, part, len(text) - len(part), names,
            item.position,
        )  # fmt: skip

    def _lacking(self, subject: Subject, option: str, item: Item, found: Lack, problem: str) -> Wrong:
        known = field_names(found.model) if found.model is not None else frozenset()
        return Wrong(
            item.text or "", option, problem, subject.cls, found.model or subject.model, item.where, item.at,
            found.part, found.offset, known, item.position, found.field.type if found.field is not None else "",
        )  # fmt: skip


def inherited(wrong: Wrong) -> Wrong:
    """A name that a base in another file gives, told where the class is that fails because of it."""
    if wrong.where.unit is wrong.cls.unit:
        return wrong
    return replace(wrong, where=Where(wrong.cls.unit, wrong.cls), at=wrong.cls.node.at)
