"""What the operations of one Django migration do to the state of its app's models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.models.arguments import Argument
from linter.project.models.field_classes import is_harmless
from linter.project.units import ClassSymbol, External, FunctionSymbol, Symbol, ValueSymbol

if TYPE_CHECKING:
    from linter.project import Project

# The arguments of Django's operations that change which names there are; of all its others none does.
SIGNATURES: dict[str, tuple[str, ...]] = {
    "CreateModel": ("name", "fields", "options", "bases", "managers"),
    "DeleteModel": ("name",),
    "RenameModel": ("old_name", "new_name"),
    "AddField": ("model_name", "name", "field", "preserve_default"),
    "AlterField": ("model_name", "name", "field", "preserve_default"),
    "RemoveField": ("model_name", "name"),
    "RenameField": ("model_name", "old_name", "new_name"),
    "AlterModelOptions": ("name", "options"),
    "AlterOrderWithRespectTo": ("name", "order_with_respect_to"),
    "AlterModelManagers": ("name", "managers"),
    "SeparateDatabaseAndState": ("database_operations", "state_operations"),
    "RunPython": ("code", "reverse_code", "atomic", "hints", "elidable"),
    "RunSQL": ("sql", "reverse_sql", "state_operations", "hints", "elidable"),
}
_PACKAGES = ("django.db.migrations", "django.contrib.postgres.operations")


class FieldRecord(msgspec.Struct, frozen=True, eq=False):
    """A field as an operation gives it."""

    name: str
    value: Argument


class Operation(msgspec.Struct, frozen=True, eq=False):
    """`kind` is the name of Django's class, "" for one that may change anything, for a `reason`. Names of models are in
    lower case, but for the one that a model is created or renamed with (`new`)."""

    kind: str
    at: int = s.NOWHERE
    model: str = ""
    name: str = ""
    new: str = ""
    fields: tuple[FieldRecord, ...] = ()
    options: dict[str, Argument] = msgspec.field(default_factory=dict)
    bases: tuple[s.Expr, ...] = ()
    managers: tuple[FieldRecord, ...] = ()
    code: tuple[s.Expr, ...] = ()
    reason: str = ""


class _Unreadable(Exception):
    """Something in an operation is not a plain value."""


class Operations:
    """Those of one migration class, in order; what they wrap (`SeparateDatabaseAndState`) in its place."""

    def __init__(self, project: Project, cls: ClassSymbol) -> None:
        self.project = project
        self.names = project.names
        self.cls = cls
        self.unit = cls.unit
        self._plain = {
            name for name in ("migrations",) if self.names.full_name(self.unit, s.Name(name)) == "django.db.migrations"
        }

    def read(self) -> tuple[Operation, ...]:
        if len(self.cls.names.get("operations", ())) > 1 or self._acts():
            return (Operation("", reason=f"the operations of {self.unit.path}"),)
        node = self.cls.member("operations")
        if not isinstance(node, s.Assign) or node.value is None:
            return () if node is None else (Operation("", reason=f"the operations of {self.unit.path}"),)
        return tuple(self.listed(node.value))

    def _acts(self) -> bool:
        """Whether the class does by itself what Django's does with its operations."""
        return any(name in self.cls.names for name in ("__init__", "mutate_state", "apply", "__new__"))

    def listed(self, expr: s.Expr) -> Iterator[Operation]:
        """The operations in a list, or in a sum of lists."""
        if isinstance(expr, s.Name):
            expr = self._named(expr)
        if isinstance(expr, s.Op) and expr.op == "+":
            for operand in expr.operands:
                yield from self.listed(operand)
        elif isinstance(expr, s.Seq):
            for item in expr.items:
                yield from self.one(item)
        else:
            yield Operation("", reason=f"operations that are worked out in {self.unit.path}")

    def _named(self, name: s.Name) -> s.Expr:
        """What the class body, else the module, gives a name, where that is one thing only."""
        bound = self.cls.names.get(name.id, ())
        if bound:
            node = bound[0].node
            sole = len(bound) == 1 and not bound[0].guard and isinstance(node, s.Assign)
            return node.value or name if sole and isinstance(node, s.Assign) else name
        symbol = self.names.resolve(self.unit, name)
        sole = len(self.unit.names.get(name.id, ())) == 1
        return symbol.value if sole and isinstance(symbol, ValueSymbol) and symbol.unit is self.unit else name

    def one(self, expr: s.Expr) -> Iterator[Operation]:
        if isinstance(expr, s.Name):
            expr = self._named(expr)
        if not isinstance(expr, s.Call):
            yield Operation("", reason=f"an operation that is worked out in {self.unit.path}")
            return
        kind = self._kind(expr.func)
        if kind is None:
            yield Operation("", expr.at, reason=f"an operation in {self.unit.path} that is not Django's")
        elif kind in SIGNATURES:
            try:
                yield from self._read(kind, expr)
            except _Unreadable:
                yield Operation("", expr.at, reason=f"an operation in {self.unit.path} that is worked out")

    # --- which operation it is ---

    def _kind(self, func: s.Expr) -> str | None:
        """The name of Django's class; "" for an operation that changes no names; None where it may change any."""
        if isinstance(func, s.Attr) and isinstance(func.value, s.Name) and func.value.id in self._plain:
            return func.name
        symbol = self.names.follow(self.names.resolve(self.unit, func))
        name = self.names.name_of(symbol)
        if name.startswith(_PACKAGES):
            return name.rpartition(".")[2]
        return self._inherited(symbol) if isinstance(symbol, ClassSymbol) else None

    def _inherited(self, cls: ClassSymbol) -> str | None:
        """What a class makes of the operation of Django's that it inherits."""
        takes_its_own = False
        for base in self.names.mro(cls)[0]:
            name = self.names.name_of(base)
            if name.startswith(_PACKAGES):
                kind = name.rpartition(".")[2]
                if kind not in SIGNATURES or kind == "RunSQL":
                    return ""
                if kind == "RunPython":
                    return "" if takes_its_own else kind
                return None if takes_its_own else kind
            if isinstance(base, External):
                if not is_harmless(base):
                    return None
                continue
            node = base.member("state_forwards")
            if node is not None:
                return "" if isinstance(node, s.FunctionDef) and self._does_nothing(base, node) else None
            takes_its_own = takes_its_own or "__init__" in base.names or "__new__" in base.names
        return None

    def _does_nothing(self, cls: ClassSymbol, node: s.FunctionDef) -> bool:
        statements = cls.unit.body(node).statements
        return all(isinstance(n, s.ExprStmt) and isinstance(n.value, s.Str) for n in statements)

    # --- what it says ---

    def _read(self, kind: str, call: s.Call) -> Iterator[Operation]:
        if not call.is_exact:
            raise _Unreadable
        given = dict(zip(SIGNATURES[kind], call.args, strict=False))
        given.update((k.name, k.value) for k in call.keywords)
        at = call.at
        if kind in ("SeparateDatabaseAndState", "RunSQL"):
            inner = given.get("state_operations")
            if inner is not None and not _is_none(inner):
                yield from self.listed(inner)
        elif kind == "RunPython":
            yield Operation(kind, at, code=tuple(given[n] for n in ("code", "reverse_code") if n in given))
        elif kind == "CreateModel":
            yield self._created(given, at)
        elif kind in ("AddField", "AlterField"):
            record = FieldRecord(self._text(given.get("name")), self._argument(given.get("field")))
            yield Operation(kind, at, self._text(given.get("model_name")).lower(), record.name, fields=(record,))
        elif kind == "RemoveField":
            yield Operation(kind, at, self._text(given.get("model_name")).lower(), self._text(given.get("name")))
        elif kind == "RenameField":
            old, new = self._text(given.get("old_name")), self._text(given.get("new_name"))
            yield Operation(kind, at, self._text(given.get("model_name")).lower(), old, new)
        elif kind == "RenameModel":
            yield Operation(kind, at, self._text(given.get("old_name")).lower(), new=self._text(given.get("new_name")))
        else:
            yield self._about_model(kind, given, at)

    def _about_model(self, kind: str, given: dict[str, s.Expr], at: int) -> Operation:
        model = self._text(given.get("name")).lower()
        if kind == "AlterModelOptions":
            return Operation(kind, at, model, options=self._options(given.get("options")))
        if kind == "AlterOrderWithRespectTo":
            expr = given.get("order_with_respect_to")
            option = {} if expr is None else {"order_with_respect_to": self._argument(expr)}
            return Operation(kind, at, model, options=option)
        if kind == "AlterModelManagers":
            return Operation(kind, at, model, managers=self._pairs(given.get("managers")))
        return Operation(kind, at, model)

    def _created(self, given: dict[str, s.Expr], at: int) -> Operation:
        name = self._text(given.get("name"))
        bases = given.get("bases")
        if bases is not None and not _is_none(bases) and not isinstance(bases, s.Seq):
            raise _Unreadable
        return Operation(
            "CreateModel",
            at,
            name.lower(),
            new=name,
            fields=self._pairs(given.get("fields")),
            options=self._options(given.get("options")),
            bases=bases.items if isinstance(bases, s.Seq) else (),
            managers=self._pairs(given.get("managers")),
        )

    def _text(self, expr: s.Expr | None) -> str:
        if isinstance(expr, s.Str):
            return expr.value
        text = self.project.models.apps.text(self.unit, expr) if expr is not None else None
        if text is None:
            raise _Unreadable
        return text

    def _argument(self, expr: s.Expr | None) -> Argument:
        if expr is None:
            raise _Unreadable
        return Argument(self.unit, expr)

    def _pairs(self, expr: s.Expr | None) -> tuple[FieldRecord, ...]:
        """`[("name", models.CharField()), …]`."""
        if expr is None or _is_none(expr):
            return ()
        if not isinstance(expr, s.Seq):
            raise _Unreadable
        found: list[FieldRecord] = []
        for item in expr.items:
            if not isinstance(item, s.Seq) or len(item.items) != 2:
                raise _Unreadable
            found.append(FieldRecord(self._text(item.items[0]), Argument(self.unit, item.items[1])))
        return tuple(found)

    def _options(self, expr: s.Expr | None) -> dict[str, Argument]:
        if expr is None or _is_none(expr):
            return {}
        if isinstance(expr, s.Call) and isinstance(expr.func, s.Name) and expr.func.id == "dict" and not expr.args:
            items: list[tuple[str, s.Expr]] = [(k.name, k.value) for k in expr.keywords]
        elif isinstance(expr, s.Dict) and all(isinstance(key, s.Str) for key, _ in expr.items):
            items = [(key.value, value) for key, value in expr.items if isinstance(key, s.Str)]
        else:
            raise _Unreadable
        return {name: Argument(self.unit, value) for name, value in items}

    def functions(self, operation: Operation) -> Iterator[FunctionSymbol]:
        """The functions that a RunPython runs, forwards and backwards."""
        for expr in operation.code:
            symbol: Symbol | None = self.names.follow(self.names.resolve(self.unit, expr, self.cls))
            if isinstance(symbol, FunctionSymbol) and not symbol.unit.is_library:
                yield symbol


def _is_none(expr: s.Expr) -> bool:
    return isinstance(expr, s.Lit) and expr.value is None
