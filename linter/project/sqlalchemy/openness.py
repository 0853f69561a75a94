"""Why a mapped class may have attributes that nobody sees in its body: bases that were not read, code that changes it."""

from __future__ import annotations

import msgspec

from linter.facts import syntax as s
from linter.project.names import choose
from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.lineage import Lineage
from linter.project.sqlalchemy.values import Function, Lib, Made, Member, Value
from linter.project.units import ClassSymbol, Unit, walk

# What the body of a decorator or an `__init_subclass__` speaks of when it gives a class columns.
_CHANGES = (b"setattr", b"Column", b"mapped_column", b"relationship", b"add_property")


class Openness:
    def __init__(self, values: Evaluator) -> None:
        self.values = values

    def why(self, symbol: ClassSymbol, lineage: Lineage) -> str:
        """Why a class may have attributes that nobody sees in its body."""
        if not lineage.whole:
            return "a base class was not understood"
        strangers = [name for name in lineage.strangers() if name not in vocabulary.APPBUILDER_MODELS]
        if strangers:
            return f"its base class `{strangers[0]}` was not read"
        for element in lineage.order:
            if isinstance(element, Lib) and vocabulary.kind(element.dotted) in vocabulary.REFLECTING:
                return "its columns are read from the database"
            if isinstance(element, Made) and element.kind == "automap_base":
                return "automap adds to it"
        for cls in lineage.classes():
            why = self._changed(cls, symbol)
            if why:
                return why
        return ""

    def _changed(self, cls: ClassSymbol, symbol: ClassSymbol) -> str:
        """Code that runs when the class is made, and may give it columns."""
        binding = choose(cls.names.get("__init_subclass__", []))
        if binding is not None and isinstance(binding.node, s.FunctionDef) and cls is not symbol:
            if _mentions(cls.unit, binding.node):
                return f"`{cls.name}.__init_subclass__` changes it"
        for keyword in cls.node.keywords:
            if keyword.name == "metaclass":
                meta = self.values.value(keyword.value, self.values.around(cls))
                if self._changes(meta):
                    return "its metaclass may change it"
        if cls is symbol:
            for decorator in cls.node.decorators:
                if not self._is_harmless(decorator, cls):
                    return "a decorator may change it"
        return ""

    def _changes(self, meta: Value) -> bool:
        """Whether a metaclass may add to the classes it makes."""
        if isinstance(meta, ClassSymbol):
            return not {"__new__", "__init__"}.isdisjoint(meta.names) or not self.values.kind(meta)
        return not (isinstance(meta, Lib) and vocabulary.is_harmless(meta.dotted))

    def _is_harmless(self, decorator: s.Expr, symbol: ClassSymbol) -> bool:
        value = self.values.value(decorator, self.values.around(symbol))
        if isinstance(value, Made):
            value = value.func
        if isinstance(value, Function):
            return not _mentions(value.symbol.unit, value.symbol.node)
        if isinstance(value, Lib):
            return vocabulary.is_harmless_decorator(value.dotted)
        return isinstance(value, (Member, ClassSymbol))


def _mentions(unit: Unit, function: s.FunctionDef) -> bool:
    """Whether a function, or one inside it (the usual form of a decorator with arguments), speaks of changing a class."""
    statements = unit.body(function).statements
    written = msgspec.msgpack.encode(statements)
    if any(word in written for word in _CHANGES):
        return True
    return any(_mentions(unit, node) for node, _ in walk(statements) if isinstance(node, s.FunctionDef))
