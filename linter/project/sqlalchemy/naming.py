"""What a mapped class's table is called: `__tablename__` in all its shapes, and the packages that name tables themselves."""

from __future__ import annotations

import re
from collections.abc import Callable

from linter.facts import syntax as s
from linter.project.names import choose
from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.lineage import Lineage
from linter.project.sqlalchemy.metadata import Style
from linter.project.sqlalchemy.values import NONE, UNKNOWN, Arguments, Const, Function, Made, Scope, Value
from linter.project.units import Binding, ClassSymbol, FunctionSymbol

_HUMP = re.compile(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))")


def flask_name(name: str) -> str:
    """Flask-SQLAlchemy's name for the table of a class."""
    return _HUMP.sub(r"_\1", name).lower().lstrip("_")


class Naming:
    """`is_mapped(class)` tells mapped classes from mixins: a plain name of a mapped class is not inherited."""

    def __init__(self, values: Evaluator, is_mapped: Callable[[ClassSymbol], bool]) -> None:
        self.values = values
        self.is_mapped = is_mapped

    def table_name(self, symbol: ClassSymbol, lineage: Lineage, style: Style) -> Value:
        """A Const with the name; NONE where the class has no table name of its own; UNKNOWN where it cannot be told."""
        for cls in lineage.classes():
            bindings = [b for b in cls.names.get("__tablename__", []) if getattr(b.node, "value", b) is not None]
            if not bindings:
                continue
            declared = isinstance(choose(bindings).node, s.FunctionDef)  # type: ignore[union-attr]
            if cls is symbol or declared or not self.is_mapped(cls):
                return self.own(cls, bindings, symbol)
        given = self._given_on_creation(symbol, lineage)
        if given is not None:
            return given
        if style == "flask":
            return Const(flask_name(symbol.name)) if not _is_autonaming_off(lineage, self.values) else NONE
        if style == "sqlmodel":
            return Const(symbol.name.lower())
        return NONE

    def own(self, cls: ClassSymbol, bindings: list[Binding], symbol: ClassSymbol) -> Value:
        """The value of a special attribute of `cls`, as `symbol` sees it."""
        binding = choose(bindings)
        assert binding is not None
        node, scope = binding.node, self.values.inside(cls)
        if isinstance(node, s.Assign) and node.value is not None:
            value = self.values.bound(node, _target(node), scope)
            if isinstance(value, Made) and value.kind in vocabulary.DECLARED and value.arguments.positional:
                # __tablename__ = declared_attr(lambda cls: …)
                func = self.values.arg(value.arguments.positional[0]) or UNKNOWN
                return self.values.call(func, _only(symbol), scope, s.Call(s.Unknown()))
            return value
        if isinstance(node, s.FunctionDef):
            return self.values.run(Function(FunctionSymbol(cls.unit, node, cls), scope, symbol), Arguments())
        return UNKNOWN

    def _given_on_creation(self, symbol: ClassSymbol, lineage: Lineage) -> Value | None:
        """The name that `__init_subclass__` sets; UNKNOWN where a metaclass may set one."""
        for cls in lineage.classes():
            binding = choose(cls.names.get("__init_subclass__", []))
            if binding is not None and isinstance(binding.node, s.FunctionDef) and cls is not symbol:
                params = binding.node.params
                scope = Scope(cls.unit, binding.node, {params[0].name: symbol} if params else {})
                for value in _assigned(cls.unit.body(binding.node).statements, "__tablename__"):
                    return self.values.value(value, scope)
            for keyword in cls.node.keywords:
                if keyword.name == "metaclass":
                    meta = self.values.value(keyword.value, self.values.around(cls))
                    if isinstance(meta, ClassSymbol) and not meta.unit.is_library and _names_tables(meta):
                        return UNKNOWN
        return None


def _target(node: s.Assign) -> str:
    return next((t.id for t in node.targets if isinstance(t, s.Name)), "")


def _only(symbol: ClassSymbol) -> Arguments:
    from linter.project.sqlalchemy.values import Arg

    return Arguments((Arg(s.Unknown(), Scope(symbol.unit), symbol),))


def _assigned(block: tuple[s.Stmt, ...], attribute: str) -> list[s.Expr]:
    """What is assigned to `cls.<attribute>` in a block, under conditions too."""
    found: list[s.Expr] = []
    for node in block:
        if isinstance(node, s.Assign) and node.value is not None:
            if any(isinstance(t, s.Attr) and t.name == attribute for t in node.targets):
                found.append(node.value)
        elif isinstance(node, s.If):
            found.extend(_assigned(node.body, attribute))
            found.extend(_assigned(node.orelse, attribute))
    return found


def _names_tables(meta: ClassSymbol) -> bool:
    """Whether a metaclass makes something of the classes it creates."""
    return any(name in meta.names for name in ("__new__", "__init__", "__call__", "__prepare__"))


def _is_autonaming_off(lineage: Lineage, values: Evaluator) -> bool:
    for element in lineage.order:
        db = getattr(element, "base", None)
        if isinstance(db, Made):
            given = values.arg(db.arguments.keywords.get("disable_autonaming"))
            if given is not None and given != NONE and given != Const(False):
                return True
    return False
