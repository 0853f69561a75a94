"""The names in the `Meta` of a ModelForm, and the `clean_<name>()` methods of every form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.declarations.fields import editable_names, is_editable, lacks_form_field
from linter.project.declarations.form_fields import FORM, MODEL_FORM
from linter.project.declarations.options import Item, Where
from linter.project.declarations.wrong import Wrong, unique
from linter.project.near import near
from linter.project.trace import memo
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project.declarations import Declarations
    from linter.project.models import Model

CLEAN = "clean_"
# Options whose keys are names of fields; Django ignores keys that are none.
KEYED = ("widgets", "labels", "help_texts", "error_messages", "field_classes", "localized_fields")


class ModelForms:
    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.classes = declarations.classes
        self.options = declarations.classes.options
        self.fields = declarations.forms

    @memo
    def forms(self, path: str) -> tuple[ClassSymbol, ...]:
        unit = self.declarations.project.unit(path)
        if unit is None or b"orm" not in bytes(unit.facts.module):
            return ()
        return tuple(cls for cls in self.classes.declaring(unit) if self.classes.is_below(cls, *FORM))

    @memo
    def wrong(self, path: str) -> tuple[Wrong, ...]:
        found: list[Wrong] = []
        for cls in self.forms(path):
            if "Meta" in cls.names and self.classes.is_below(cls, *MODEL_FORM):
                found.extend(self._meta(cls))
            found.extend(self._never_called(cls))
        return unique(found)

    # --- Meta ---------------------------------------------------------------------------------------------------------

    def model(self, cls: ClassSymbol) -> Model | None:
        """The model of a form's `Meta`."""
        meta = self.options.inner(cls, "Meta")
        return self.classes.named_model(meta) if meta is not None else None

    def _meta(self, cls: ClassSymbol) -> Iterator[Wrong]:
        meta, model = self.options.inner(cls, "Meta"), self.model(cls)
        if meta is None or model is None:
            return
        listed = self.options.of(meta, "fields")
        if listed is not None and isinstance(listed.value, s.Str) and listed.value.value != "__all__":
            yield self._wrong(cls, model, "Meta.fields", Item(listed.value, listed.where), "string", frozenset())
        if not self.classes.is_seen(cls):
            return
        excluded = self.options.listed(meta, "exclude")
        for item in self.options.listed(meta, "fields").strings if excluded.is_whole else ():
            if item.text not in excluded.texts:
                yield from self.judged(cls, model, "Meta.fields", item)
        for item in self.options.own(meta, "exclude").strings:
            if self._is_misspelt(cls, model, item.text or ""):
                names = frozenset(model.fields)
                yield self._wrong(cls, model, "Meta.exclude", item, "excludes-nothing", names)
        if self.classes.is_seen(meta):
            for option in KEYED:
                yield from self._keys(cls, meta, model, option)

    def judged(self, cls: ClassSymbol, model: Model, option: str, item: Item) -> Iterator[Wrong]:
        """A name that a form must have a field for."""
        name = item.text or ""
        field = model.fields.get(name)
        models = self.declarations.project.models
        if field is not None and not field.is_generic:
            if is_editable(models, field) is False:
                yield self._wrong(cls, model, option, item, "not-editable", frozenset())
        elif lacks_form_field(model, name) and self.fields.lacks(cls, name):
            known = editable_names(models, model) | self.fields.declared(cls)
            yield self._wrong(cls, model, option, item, "not-in-form", known)

    def _keys(self, cls: ClassSymbol, meta: ClassSymbol, model: Model, option: str) -> Iterator[Wrong]:
        for item in self.options.own(meta, option).strings:
            if self._is_misspelt(cls, model, item.text or ""):
                known = frozenset(model.fields)
                yield self._wrong(cls, model, f"Meta.{option}", item, "unused-key", known)

    def _is_misspelt(self, cls: ClassSymbol, model: Model, name: str) -> bool:
        """Whether there is no such field, but one of nearly that name: what remains of a field that was removed does no harm."""
        if name in ("", "__all__") or not lacks_form_field(model, name) or not self.fields.never_has(cls, name):
            return False
        return bool(near(name, model.fields))

    # --- clean_<name>() -----------------------------------------------------------------------------------------------

    def cleaners(self, cls: ClassSymbol) -> Iterator[tuple[str, s.FunctionDef]]:
        """The `clean_<name>(self)` of a class's own body, by the name of the field."""
        for name, bindings in cls.names.items():
            node = bindings[-1].node
            if name.startswith(CLEAN) and isinstance(node, s.FunctionDef) and is_hook(node, 1):
                yield name[len(CLEAN) :], node

    def _never_called(self, cls: ClassSymbol) -> Iterator[Wrong]:
        for name, node in self.cleaners(cls):
            line = (cls, *self.classes.flow.hierarchy.subclasses(cls))
            if any(self.may_have(each, name) for each in line) or self._is_overriding(cls, node.name):
                continue
            if not cls.unit.mentions(node.name, 2):
                names = self._names(cls)
                yield Wrong(
                    name, node.name, "never-called", cls, self.model(cls), Where(cls.unit, cls), node.at, name, 0, names
                )

    def _is_overriding(self, cls: ClassSymbol, method: str) -> bool:
        bases = self.classes.names.mro(cls)[0][1:]
        return any(isinstance(base, ClassSymbol) and method in base.names for base in bases)

    def may_have(self, cls: ClassSymbol, name: str) -> bool:
        """Whether a form may have a field of a name."""
        if not self.fields.never_has(cls, name):
            return True
        if not self.classes.is_below(cls, *MODEL_FORM):
            return False
        model = self.model(cls)
        return model is None or not lacks_form_field(model, name)

    def surely_has(self, cls: ClassSymbol, name: str) -> bool:
        """Whether a form has a field of a name, so that its `clean_<name>()` is called."""
        if name in self.fields.declared(cls):
            return True
        model = self.model(cls) if self.classes.is_below(cls, *MODEL_FORM) else None
        field = model.fields.get(name) if model is not None else None
        meta = self.options.inner(cls, "Meta")
        if field is None or meta is None or not is_editable(self.declarations.project.models, field):
            return False
        listed = self.options.of(meta, "fields")
        everything = listed is not None and isinstance(listed.value, s.Str) and listed.value.value == "__all__"
        return everything or name in self.options.listed(meta, "fields").texts

    def is_saved(self, cls: ClassSymbol, name: str) -> bool:
        """Whether a model form writes a field into its row."""
        model = self.model(cls) if self.classes.is_below(cls, *MODEL_FORM) else None
        return model is not None and name in model.fields

    def _names(self, cls: ClassSymbol) -> frozenset[str]:
        model = self.model(cls)
        own = self.fields.declared(cls) | self.fields.added(cls).names
        return own | editable_names(self.declarations.project.models, model) if model is not None else own

    def _wrong(
        self, cls: ClassSymbol, model: Model, option: str, item: Item, problem: str, known: frozenset[str]
    ) -> Wrong:
        name = item.text or ""
        return Wrong(name, option, problem, cls, model, item.where, item.at, name, 0, known, item.position)


def is_hook(node: s.FunctionDef, parameters: int) -> bool:
    """Whether a method can be what a framework calls with so many arguments, `self` counted."""
    required = [param for param in node.params if param.default is None and param.kind in ("", "/")]
    return not node.decorators and len(required) == parameters and not node.is_async
