"""`fields`, `fieldsets` and `exclude` of a ModelAdmin: what the form that it makes of its model will accept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.declarations.fields import editable_names, is_editable, lacks_form_field
from linter.project.declarations.form_fields import MODEL_FORM
from linter.project.declarations.options import Item, Listed, Where
from linter.project.declarations.wrong import Wrong
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project.declarations import Declarations
    from linter.project.models import Model

# Methods that make another form, or give it other fields.
_MAKERS = (
    "get_form", "get_formset", "get_fields", "get_fieldsets", "get_readonly_fields", "get_exclude", "__init__",
    "get_form_kwargs", "formset", "_get_form_for_get_fields",
)  # fmt: skip
USER_ADMIN = "django.contrib.auth.admin.UserAdmin"


class Form(msgspec.Struct, frozen=True):
    """The form of an admin class, and the names that this shows only, or not at all."""

    cls: ClassSymbol
    shown: frozenset[str]


class AdminForms:
    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.classes = declarations.classes
        self.options = declarations.classes.options
        self.forms = declarations.forms

    def wrong(self, cls: ClassSymbol, model: Model) -> Iterator[Wrong]:
        if self.classes.overrides(cls, *_MAKERS):
            return
        form = self._form(cls, "form")
        if form is not None:
            for item in _flattened(self.options.listed(cls, "fields")):
                yield from self._field(cls, model, form, "fields", item)
            for item in self._in_fieldsets(self.options.listed(cls, "fieldsets")):
                yield from self._field(cls, model, form, "fieldsets", item)
            yield from self._excluded(cls, model, form)
        adding = self._form(cls, "add_form") if self.classes.is_below(cls, USER_ADMIN) else None
        if adding is not None:
            for item in self._in_fieldsets(self.options.listed(cls, "add_fieldsets")):
                if item.text != "usable_password":  # only some versions have it
                    yield from self._field(cls, model, adding, "add_fieldsets", item)

    def _form(self, cls: ClassSymbol, option: str) -> Form | None:
        readonly = self.options.listed(cls, "readonly_fields")
        excluded = self.options.listed(cls, "exclude")
        symbol = self.options.inner(cls, option)
        if symbol is None or not readonly.is_whole or not excluded.is_whole:
            return None
        if not self.classes.is_below(symbol, *MODEL_FORM) and symbol.dotted not in MODEL_FORM:
            return None
        return Form(symbol, readonly.texts | excluded.texts)

    def _in_fieldsets(self, fieldsets: Listed) -> Iterator[Item]:
        """The names in `(title, {"fields": (…)})`."""
        for item in fieldsets.items:
            if not isinstance(item.expr, s.Seq) or len(item.expr.items) != 2:
                continue
            options = item.expr.items[1]
            for key, value in options.items if isinstance(options, s.Dict) else ():
                if isinstance(key, s.Str) and key.value == "fields":
                    yield from _flattened(self.options.elements(value, item.where))

    def _field(self, cls: ClassSymbol, model: Model, form: Form, option: str, item: Item) -> Iterator[Wrong]:
        name = item.text or ""
        if name in form.shown:
            return
        field = model.fields.get(name)
        if field is not None and not field.is_generic:
            if is_editable(self.declarations.project.models, field) is False:
                yield self._wrong(cls, model, option, item, "not-editable", frozenset())
        elif lacks_form_field(model, name) and self.forms.lacks(form.cls, name) and not self._is_only_shown(cls, name):
            own = self.forms.declared(form.cls) | form.shown
            known = editable_names(self.declarations.project.models, model) | own
            yield self._wrong(cls, model, option, item, "not-in-form", known)

    def _is_only_shown(self, cls: ClassSymbol, name: str) -> bool:
        """Who may not change a row gets a page on which every name is shown as one of `readonly_fields` is."""
        return self.classes.overrides(cls, "has_change_permission") and self.classes.has(cls, name)

    def _excluded(self, cls: ClassSymbol, model: Model, form: Form) -> Iterator[Wrong]:
        for item in self.options.listed(cls, "exclude").strings:
            name = item.text or ""
            if name and lacks_form_field(model, name) and self.forms.never_has(form.cls, name):
                yield self._wrong(cls, model, "exclude", item, "excludes-nothing", frozenset(model.fields))

    def _wrong(
        self, cls: ClassSymbol, model: Model, option: str, item: Item, problem: str, known: frozenset[str]
    ) -> Wrong:
        name = item.text or ""
        return Wrong(name, option, problem, cls, model, item.where, item.at, name, 0, known, item.position)


def _flattened(listed: Listed) -> Iterator[Item]:
    """Names, and those in tuples that stand for one line of a form."""
    for item in listed.items:
        if item.text is not None:
            yield item
        elif isinstance(item.expr, s.Seq):
            for part in item.expr.items:
                if isinstance(part, s.Str):
                    yield Item(part, Where(item.where.unit, item.where.owner))
