"""What a serializer reads of each row that it is given: nested serializers, sources, related fields, `get_…(self, row)`.

https://github.com/encode/django-rest-framework/blob/master/rest_framework/relations.py: a field for one related row takes
the key alone where that is enough (`use_pk_only_optimization`); one for many asks `relationship.all()`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.declarations.serializers import MODEL_SERIALIZER, SERIALIZER
from linter.project.trace import memo
from linter.project.units import ClassSymbol, FunctionSymbol

if TYPE_CHECKING:
    from linter.project.declarations import Declarations
    from linter.project.models import Model

HIDDEN_FIELD = ("rest_framework.fields.HiddenField",)  # which is for writing alone
METHOD_FIELD = ("rest_framework.fields.SerializerMethodField",)
_RELATED = ("rest_framework.relations.RelatedField",)
_BY_KEY = ("rest_framework.relations.PrimaryKeyRelatedField", "rest_framework.relations.HyperlinkedRelatedField")
_LIST = ("rest_framework.fields.ListField",)
_TEXT = ("rest_framework.relations.StringRelatedField",)
_SLUG = ("rest_framework.relations.SlugRelatedField",)
# Methods after which a serializer may have other fields than its class says, or read its rows in its own way.
_OWN_WAY = (
    "get_fields", "get_field_names", "build_field", "build_relational_field", "build_nested_field", "to_representation",
    "__new__", "__init__", "_readable_fields",
)  # fmt: skip
_CALLED = ("()",)
MOST_LEVELS = 3


class Read(msgspec.Struct, frozen=True):
    """The names that are asked of a row; `at` of the class body of a serializer, or of one of its methods."""

    path: tuple[str, ...]
    followed: tuple[str, ...]
    cls: ClassSymbol
    at: int
    function: FunctionSymbol | None = None


class Nested:
    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.classes = declarations.classes
        self.project = declarations.project

    def is_serializer(self, cls: ClassSymbol) -> bool:
        return not cls.unit.is_library and self.classes.is_below(cls, *SERIALIZER)

    @memo
    def reads(self, cls: ClassSymbol, level: int = 0) -> tuple[Read, ...]:
        """What a serializer reads of a row, fields in no order; () where it may go its own way."""
        if level > MOST_LEVELS or self.classes.overrides(cls, *_OWN_WAY):
            return ()
        found: list[Read] = []
        declared = self._declared(cls)
        listed = self._listed(cls)
        for name, (owner, call) in declared.items():
            if listed is None or name in listed:
                found.extend(self._field(owner, cls, name, call, level))
        model = self.declarations.serializers.model(cls)
        if model is not None and self.classes.is_below(cls, *MODEL_SERIALIZER):
            for name in sorted(listed) if listed is not None else model.fields:
                if name not in declared:
                    found.extend(self._of_model(cls, model, name))
        return tuple(found)

    def _declared(self, cls: ClassSymbol) -> dict[str, tuple[ClassSymbol, s.Call]]:
        """The fields that the class bodies of a serializer's line declare."""
        found: dict[str, tuple[ClassSymbol, s.Call] | None] = {}
        for base in self.project.names.mro(cls)[0]:
            if isinstance(base, ClassSymbol) and not self.classes.is_framework(base):
                for name, bindings in base.names.items():
                    node = bindings[-1].node
                    value = node.value if isinstance(node, s.Assign) else None
                    found.setdefault(name, (base, value) if isinstance(value, s.Call) else None)
        return {name: given for name, given in found.items() if given is not None}

    def _listed(self, cls: ClassSymbol) -> frozenset[str] | None:
        """The names in `Meta.fields`, None where all fields are meant."""
        meta = self.classes.options.inner(cls, "Meta")
        given = self.classes.options.of(meta, "fields") if meta is not None else None
        if meta is None or given is None or (isinstance(given.value, s.Str) and given.value.value == "__all__"):
            excluded = self.classes.options.listed(meta, "exclude").texts if meta is not None else frozenset()
            model = self.declarations.serializers.model(cls)
            if not excluded or model is None:
                return None
            return frozenset({*model.fields, *self._declared(cls)}) - excluded
        return self.classes.options.listed(meta, "fields").texts

    def _field(self, owner: ClassSymbol, cls: ClassSymbol, name: str, call: s.Call, level: int) -> Iterator[Read]:
        kind = self.declarations.serializers.field_class(owner, call)
        hidden = call.keyword("write_only")
        if kind is None or (isinstance(hidden, s.Lit) and hidden.value) or self._is(kind, HIDDEN_FIELD):
            return
        source = call.keyword("source")
        if source is not None and not isinstance(source, s.Str):
            return
        path = tuple((source.value if source is not None else name).split("."))
        path = () if path == ("*",) else path
        if self._is(kind, METHOD_FIELD):
            yield from self._method(cls, name, call)
        elif self.is_serializer(kind):
            yield from self._serializer(owner, kind, path, call, level)
        elif self._is(kind, _RELATED):
            yield from self._related(owner, kind, path, call)
        elif path and not self._is(kind, _LIST):
            yield Read(path, _CALLED, owner, call.at)

    def _serializer(
        self, owner: ClassSymbol, kind: ClassSymbol, path: tuple[str, ...], call: s.Call, level: int
    ) -> Iterator[Read]:
        if _is_many(call):
            if path:
                yield Read((*path, "all"), _CALLED, owner, call.at)
            return
        if path:
            yield Read(path, _CALLED, owner, call.at)
        for read in self.reads(kind, level + 1):
            yield Read((*path, *read.path), read.followed, owner, call.at)

    def _related(self, owner: ClassSymbol, kind: ClassSymbol, path: tuple[str, ...], call: s.Call) -> Iterator[Read]:
        if not path:
            return
        if _is_many(call):
            yield Read((*path, "all"), _CALLED, owner, call.at)
        elif self._is(kind, _BY_KEY):
            if len(path) > 1:
                yield Read(path[:-1], _CALLED, owner, call.at)
        elif self._is(kind, _TEXT):
            yield Read((*path, "__str__"), _CALLED, owner, call.at)
        elif self._is(kind, _SLUG):
            yield Read(path, _CALLED, owner, call.at)

    def _method(self, cls: ClassSymbol, name: str, call: s.Call) -> Iterator[Read]:
        given = call.keyword("method_name") or (call.args[0] if call.args else None)
        if given is not None and not isinstance(given, s.Str):
            return
        method = given.value if given is not None else f"get_{name}"
        found = self.project.names.attribute(cls, method, cls.unit)
        if isinstance(found, FunctionSymbol) and not found.unit.is_library and found.owner is not None:
            for chain in self.project.lazy.needs.members.reads(found, 1):
                yield Read(chain.path, chain.followed, found.owner, chain.parts[0].at, found)

    def _of_model(self, cls: ClassSymbol, model: Model, name: str) -> Iterator[Read]:
        """A field that the serializer makes of the model's: keys of one row cost nothing, those of many are asked for."""
        field, reverse = model.fields.get(name), model.accessors.get(name)
        if field is not None:
            if field.many_to_many:
                yield Read((name, "all"), _CALLED, cls, cls.node.at)
        elif reverse is not None:
            if not reverse.is_single:
                yield Read((name, "all"), _CALLED, cls, cls.node.at)
        else:
            yield Read((name,), _CALLED, cls, cls.node.at)

    def _is(self, cls: ClassSymbol, names: tuple[str, ...]) -> bool:
        return cls.dotted in names or self.classes.is_below(cls, *names)


def _is_many(call: s.Call) -> bool:
    many = call.keyword("many")
    return isinstance(many, s.Lit) and many.value is True
