"""The names in the `Meta` of a ModelSerializer, the fields it declares, and its `validate_<name>()` methods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.constants import DictValue, texts
from linter.project.declarations.form_fields import may_be_field
from linter.project.declarations.model_forms import is_hook
from linter.project.declarations.options import Item, Where
from linter.project.declarations.wrong import Wrong, unique
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project.declarations import Declarations
    from linter.project.models import Model

SERIALIZER = ("rest_framework.serializers.BaseSerializer",)
MODEL_SERIALIZER = ("rest_framework.serializers.ModelSerializer",)
FIELD = ("rest_framework.fields.Field",)
VALIDATE = "validate_"
# Methods that may give a serializer other fields than its class says.
_MAKERS = (
    "get_fields", "get_field_names", "get_default_field_names", "build_field", "build_unknown_field",
    "build_property_field", "get_extra_kwargs", "include_extra_kwargs", "__new__", "_get_base_fields",
)  # fmt: skip
_URL = "URL_FIELD_NAME"


class Serializers:
    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.classes = declarations.classes
        self.options = declarations.classes.options

    @cached_property
    def _always(self) -> frozenset[str]:
        """`pk`, and the name that REST_FRAMEWORK gives the link of a HyperlinkedModelSerializer."""
        settings = self.declarations.project.settings.get("REST_FRAMEWORK")
        named = {t.value for value in settings if isinstance(value, DictValue) for t in texts(value.get(_URL) or ())}
        return frozenset({"pk", "url", *named})

    @memo
    def serializers(self, path: str) -> tuple[ClassSymbol, ...]:
        unit = self.declarations.project.unit(path)
        if unit is None or b"rializer" not in bytes(unit.facts.module):
            return ()
        return tuple(cls for cls in self.classes.declaring(unit) if self.classes.is_below(cls, *SERIALIZER))

    @memo
    def wrong(self, path: str) -> tuple[Wrong, ...]:
        found: list[Wrong] = []
        for cls in self.serializers(path):
            if self.classes.is_below(cls, *MODEL_SERIALIZER):
                found.extend(self._meta(cls))
            found.extend(self._never_called(cls))
        return unique(found)

    def model(self, cls: ClassSymbol) -> Model | None:
        meta = self.options.inner(cls, "Meta")
        found = self.classes.named_model(meta) if meta is not None else None
        return found if found is not None and not found.abstract else None

    @memo
    def declared(self, cls: ClassSymbol) -> frozenset[str]:
        """What may be a field in the class bodies of a serializer's line; `name = None` takes one away."""
        found: set[str] = set()
        removed: set[str] = set()
        for base in self.classes.names.mro(cls)[0]:
            if not isinstance(base, ClassSymbol) or self.classes.is_framework(base):
                continue
            for name, bindings in base.names.items():
                node = bindings[-1].node
                value = node.value if isinstance(node, s.Assign) else None
                if isinstance(value, s.Lit) and value.value is None:
                    removed.add(name)
                elif name not in removed and may_be_field(value):
                    found.add(name)
        return frozenset(found)

    # --- Meta ---------------------------------------------------------------------------------------------------------

    def _meta(self, cls: ClassSymbol) -> Iterator[Wrong]:
        meta, model = self.options.inner(cls, "Meta"), self.model(cls)
        if meta is None or model is None or self.classes.overrides(cls, *_MAKERS) or self._writes_itself(cls):
            return
        listed = self.options.of(meta, "fields")
        is_own = "Meta" in cls.names
        if listed is not None and isinstance(listed.value, s.Str) and listed.value.value != "__all__" and is_own:
            yield self._wrong(cls, model, "Meta.fields", Item(listed.value, listed.where), "string", frozenset())
        if not self.classes.is_seen(cls):
            return
        if is_own:
            yield from self._own_meta(cls, meta, model)
        fields = self.options.listed(meta, "fields")
        if listed is not None and fields.is_whole and fields.items and len(fields.strings) == len(fields.items):
            yield from self._left_out(cls, model, fields.texts)

    def _writes_itself(self, cls: ClassSymbol) -> bool:
        """Whether a serializer's own `to_representation()` asks for none of its fields, so that nothing else may, either."""
        order = self.classes.names.mro(cls)[0]
        owner = next((c for c in order if isinstance(c, ClassSymbol) and c.member("to_representation")), None)
        node = owner.member("to_representation") if owner is not None else None
        if owner is None or not isinstance(node, s.FunctionDef) or self.classes.is_framework(owner):
            return False
        return node.body not in owner.unit.bodies_with(["super", "fields", "_readable_fields"])

    def _own_meta(self, cls: ClassSymbol, meta: ClassSymbol, model: Model) -> Iterator[Wrong]:
        for item in self.options.listed(meta, "fields").strings:
            if self._lacks(cls, model, item.text or ""):
                yield self._wrong(cls, model, "Meta.fields", item, "missing", self._known(cls, model))
        for item in self.options.listed(meta, "exclude").strings:
            if self._lacks(cls, model, item.text or ""):
                yield self._wrong(cls, model, "Meta.exclude", item, "excludes-nothing", frozenset(model.fields))
        if not self.classes.is_seen(meta):
            return
        for option, problem in (("read_only_fields", "not-read-only"), ("extra_kwargs", "unused-key")):
            for item in self.options.own(meta, option).strings:
                if self._lacks(cls, model, item.text or ""):
                    yield self._wrong(cls, model, f"Meta.{option}", item, problem, self._known(cls, model))

    def _lacks(self, cls: ClassSymbol, model: Model, name: str) -> bool:
        """Whether a serializer can make nothing of a name: no field of its own, no attribute of the model's class."""
        return (
            name not in model.fields  # as few are: the rest is looked at more closely
            and name not in self._always
            and name not in self.declared(cls)
            and model.lacks_attribute(name)
            and not self.classes.has(model.symbol, name)
        )

    def _known(self, cls: ClassSymbol, model: Model) -> frozenset[str]:
        return self.declared(cls) | frozenset(model.fields) | frozenset(model.accessors)

    def _left_out(self, cls: ClassSymbol, model: Model, listed: frozenset[str]) -> Iterator[Wrong]:
        """A field that the class itself declares must be in `fields`."""
        inherited = frozenset().union(
            *(self.declared(base) for base in self.classes.names.bases(cls) if isinstance(base, ClassSymbol))
        )
        for name, bindings in cls.names.items():
            node = bindings[-1].node
            if name in listed or name in inherited or not isinstance(node, s.Assign) or len(bindings) > 1:
                continue
            if bindings[0].guard or not self.is_field(cls, node.value):
                continue
            at = node.targets[0].at if isinstance(node.targets[0], s.Name) else node.at
            where = Where(cls.unit, cls)
            yield Wrong(name, "Meta.fields", "left-out", cls, model, where, at, name, 0, listed - self.declared(cls))

    def is_field(self, cls: ClassSymbol, value: s.Expr | None) -> bool:
        """Whether a value is surely an instance of a field class."""
        return self.field_class(cls, value) is not None

    def field_class(self, cls: ClassSymbol, value: s.Expr | None) -> ClassSymbol | None:
        if not isinstance(value, s.Call):
            return None
        names = self.classes.names
        found = names.follow(names.resolve(cls.unit, value.func, cls))
        is_field = isinstance(found, ClassSymbol) and self.classes.is_below(found, *FIELD)
        return found if is_field else None  # type: ignore[return-value]  # told by `is_field`

    # --- validate_<name>() ----------------------------------------------------------------------------------------------

    def _never_called(self, cls: ClassSymbol) -> Iterator[Wrong]:
        for name, bindings in cls.names.items():
            node = bindings[-1].node
            if not name.startswith(VALIDATE) or not isinstance(node, s.FunctionDef) or not is_hook(node, 2):
                continue
            field = name[len(VALIDATE) :]
            line = (cls, *self.classes.flow.hierarchy.subclasses(cls))
            if any(self.may_have(each, field) for each in line) or self._is_overriding(cls, name):
                continue
            if not cls.unit.mentions(name, 2):
                model = self.model(cls)
                known = self._known(cls, model) if model is not None else self.declared(cls)
                yield Wrong(field, name, "never-called", cls, model, Where(cls.unit, cls), node.at, field, 0, known)

    def _is_overriding(self, cls: ClassSymbol, method: str) -> bool:
        bases = self.classes.names.mro(cls)[0][1:]
        return any(isinstance(base, ClassSymbol) and method in base.names for base in bases)

    def may_have(self, cls: ClassSymbol, name: str) -> bool:
        """Whether a serializer may have a field of a name."""
        if name in self.declared(cls) or self.classes.overrides(cls, *_MAKERS, "__init__"):
            return True
        if not self.classes.is_seen(cls):
            return True
        if not self.classes.is_below(cls, *MODEL_SERIALIZER):
            return False
        model = self.model(cls)
        return model is None or name in self._always or not model.lacks_attribute(name)

    def surely_has(self, cls: ClassSymbol, name: str) -> bool:
        """Whether a serializer has a field of a name that is written."""
        node = next((base.member(name) for base in self.classes.names.mro(cls)[0]
                     if isinstance(base, ClassSymbol) and name in base.names), None)  # fmt: skip
        if isinstance(node, s.Assign):
            return self.is_field(cls, node.value)
        model, meta = self.model(cls), self.options.inner(cls, "Meta")
        if model is None or meta is None or name not in model.fields:
            return False
        return name in self.options.listed(meta, "fields").texts

    def _wrong(
        self, cls: ClassSymbol, model: Model, option: str, item: Item, problem: str, known: frozenset[str]
    ) -> Wrong:
        name = item.text or ""
        return Wrong(name, option, problem, cls, model, item.where, item.at, name, 0, known, item.position)
