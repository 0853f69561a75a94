"""Where the fields of a serializer read their values: `source="author.name"`, `get_total()`, an attribute of the row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.declarations.options import Where
from linter.project.declarations.serializers import MODEL_SERIALIZER
from linter.project.declarations.wrong import Wrong, unique
from linter.project.imports.modules import is_test
from linter.project.trace import memo
from linter.project.types import Function, Method, ModelInstance, Type, members
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project.declarations import Declarations
    from linter.project.models import Model

METHOD_FIELD = ("rest_framework.fields.SerializerMethodField",)
# Fields that are never written.
READ_ONLY = (
    "rest_framework.fields.ReadOnlyField", "rest_framework.relations.HyperlinkedIdentityField",
    "rest_framework.relations.StringRelatedField",
)  # fmt: skip
# Methods of a serializer that may read or write its fields in their own way.
_READERS = ("to_representation", "get_fields", "get_field_names", "build_field", "__new__", "__init__")
_WRITERS = ("create", "update", "save", "to_internal_value", "run_validation")


class Sources:
    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.classes = declarations.classes
        self.flow = declarations.project.flow

    @memo
    def wrong(self, path: str) -> tuple[Wrong, ...]:
        found: list[Wrong] = []
        for cls in self.declarations.serializers.serializers(path):
            wrong = [each for name, call, field in self._declared(cls) for each in self._field(cls, name, call, field)]
            of_rows = [each for each in wrong if each.model is not None]
            if len(of_rows) > 1 and not self._speaks_of_its_model(cls):
                wrong = [each for each in wrong if each.model is None]
            found.extend(wrong)
        return unique(found)

    def _declared(self, cls: ClassSymbol) -> Iterator[tuple[str, s.Call, ClassSymbol]]:
        """The fields that a class body declares: name, call and class of each."""
        for name, bindings in cls.names.items():
            node = bindings[-1].node
            call = node.value if isinstance(node, s.Assign) else None
            if isinstance(call, s.Call) and len(bindings) == 1 and call.is_exact:
                field = self.declarations.serializers.field_class(cls, call)
                if field is not None:
                    yield name, call, field

    def _speaks_of_its_model(self, cls: ClassSymbol) -> bool:
        """Whether most of what a serializer reads is there: if not, it is given rows of another class than `Meta` says."""
        model = self.declarations.serializers.model(cls)
        read: list[bool] = []
        for name, call, field in self._declared(cls):
            source = call.keyword("source")
            path = source.value if isinstance(source, s.Str) else name if source is None else "*"
            if model is not None and path != "*" and not self._is(field, METHOD_FIELD):
                if self._is_read(cls, call, field, source):
                    read.append(self.missing(model, path) is None)
        return sum(read) * 2 > len(read)

    def _field(self, cls: ClassSymbol, name: str, call: s.Call, field: ClassSymbol) -> Iterator[Wrong]:
        source = call.keyword("source")
        if isinstance(source, s.Str) and source.value == name:
            yield self._wrong(cls, None, name, source.at, "redundant", name, field.name)
        elif self._is(field, METHOD_FIELD):
            yield from self._method(cls, name, call)
        elif self.classes.is_below(cls, *MODEL_SERIALIZER):
            yield from self._source(cls, name, call, field)

    def _is(self, field: ClassSymbol, names: tuple[str, ...]) -> bool:
        return field.dotted in names or self.classes.is_below(field, *names)

    # --- SerializerMethodField ----------------------------------------------------------------------------------------

    def _method(self, cls: ClassSymbol, name: str, call: s.Call) -> Iterator[Wrong]:
        given = call.keyword("method_name") or (call.args[0] if call.args else None)
        if given is not None and not isinstance(given, s.Str):
            return
        method = given.value if isinstance(given, s.Str) else f"get_{name}"
        line = (cls, *self.flow.hierarchy.subclasses(cls))
        if any(self.classes.has(each, method) for each in line) or not self.classes.is_seen(cls):
            return
        at = given.at if isinstance(given, s.Str) else call.at
        known = frozenset(n for n in self.classes.own_names(cls) if n.startswith("get_"))
        wrong = self._wrong(cls, None, method, at, "no-method", method, name)
        yield replace(wrong, known=known)

    # --- attributes of rows -------------------------------------------------------------------------------------------

    def _source(self, cls: ClassSymbol, name: str, call: s.Call, field: ClassSymbol) -> Iterator[Wrong]:
        model = self.declarations.serializers.model(cls)
        if model is None or not self.classes.is_seen(cls) or self.classes.overrides(cls, *_READERS):
            return
        if self.classes.overrides(field, "get_attribute", "bind", "__new__") or not self.classes.is_seen(field):
            return
        source = call.keyword("source")
        if source is not None and not isinstance(source, s.Str):
            return
        path = source.value if source is not None else name
        if path == "*" or not path or not self._is_read(cls, call, field, source):
            return
        found = self.missing(model, path)
        if found is None:
            return
        owner, part, offset = found
        if self._is_said_elsewhere(cls, part):
            return
        at = source.at if source is not None else call.at
        problem = "omitted" if self._may_be_omitted(call, field) else "missing"
        wrong = self._wrong(cls, owner, path, at, problem, part, name)
        names = frozenset(owner.fields) | frozenset(owner.accessors) | self.classes.own_names(owner.symbol)
        yield replace(wrong, offset=offset, known=names)

    def _is_read(self, cls: ClassSymbol, call: s.Call, field: ClassSymbol, source: s.Expr | None) -> bool:
        """Whether the field is surely there to read a row: not one that only takes input."""
        if call.keyword("write_only") is not None:
            return False
        if source is None and call.keyword("default") is not None:
            return False  # `ReadOnlyField(default="constant")`: nothing is to be read
        if self._is(field, READ_ONLY) or _is_true(call.keyword("read_only")):
            return True
        return source is not None and not self.classes.overrides(cls, *_WRITERS)

    def _may_be_omitted(self, call: s.Call, field: ClassSymbol) -> bool:
        """Whether a value that is not there is left out, or replaced, instead of failing."""
        if any(call.keyword(name) is not None for name in ("default", "required", "allow_null")):
            return True
        return self._is(field, READ_ONLY) or call.keyword("read_only") is not None

    def missing(self, model: Model, path: str) -> tuple[Model, str, int] | None:
        """The model that surely lacks a part of a path of attributes, the part, and where that begins."""
        kind: Type = ModelInstance(model)
        offset = 0
        for part in path.split("."):
            found = self.flow.attribute(kind, part)
            if found is None:
                rows = [member for member in members(kind) if isinstance(member, ModelInstance)]
                return (rows[0].model, part, offset) if rows else None
            called = [self.flow.call(m) if isinstance(m, (Function, Method)) else m for m in members(found)]
            if len(called) != 1:
                rows = [member for member in called if isinstance(member, ModelInstance)]
                if len(rows) != 1:  # several kinds of things, or nothing that is known
                    return None
                called = list(rows)
            kind = called[0]
            offset += len(part) + 1
        return None

    def _is_said_elsewhere(self, cls: ClassSymbol, name: str) -> bool:
        """Whether other code says the name as a text: rows may be dicts, too."""
        units = (unit for unit in self.declarations.project.units() if unit is not cls.unit)
        return any(unit.says(name) for unit in units if not is_test(unit.path) and "/migrations/" not in unit.path)

    def _wrong(
        self, cls: ClassSymbol, model: Model | None, name: str, at: int, problem: str, part: str, target: str
    ) -> Wrong:
        return Wrong(name, "source", problem, cls, model, Where(cls.unit, cls), at, part, target=target)


def _is_true(expr: s.Expr | None) -> bool:
    return isinstance(expr, s.Lit) and expr.value is True
