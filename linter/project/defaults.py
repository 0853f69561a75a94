"""The defaults of columns, model fields and parameters, which Python works out once, when it defines them.

One that asks a clock, or makes a random value or a new id, is the same for all that comes later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.project.flow.walk import CHILDREN
from linter.project.imports.modules import is_test
from linter.project.names import last_name
from linter.project.scopes import Scope, full_name, resolve
from linter.project.sqlalchemy.values import Lib, Made
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, FunctionSymbol, Unit, walk
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model
    from linter.project.sqlalchemy.schema import Column

_CLOCKS = frozenset({
    "arrow.now", "arrow.utcnow", "datetime.date.today", "datetime.datetime.now", "datetime.datetime.today",
    "datetime.datetime.utcnow", "django.utils.timezone.localdate", "django.utils.timezone.localtime",
    "django.utils.timezone.now", "pendulum.now", "pendulum.today", "pendulum.utcnow", "time.time", "time.time_ns",
})  # fmt: skip
_RANDOM = frozenset({
    "django.utils.crypto.get_random_string", "os.urandom", "random.choice", "random.choices", "random.getrandbits",
    "random.randint", "random.random", "random.randrange", "random.sample", "random.uniform", "secrets.choice",
    "secrets.randbelow", "secrets.token_bytes", "secrets.token_hex", "secrets.token_urlsafe", "uuid.uuid1", "uuid.uuid4",
    "uuid.uuid6", "uuid.uuid7",
})  # fmt: skip
_ONCE = (b"__main__", b"argparse", b"click", b"typer")  # what modules of commands speak of
# What declares a field in a class body, besides all that is called `…Field`; and what volatile functions are called.
_MAKERS = frozenset({"Column", "mapped_column", "Field"})
_MADE_ONCE = ("Settings", "Config")  # there is one of a class of such a name: now is when the process was started
_VOLATILE = (b"now", b"today", b"uuid", b"random", b"token_", b"time")
_DEEPEST = 3


class Called(msgspec.Struct, frozen=True):
    """A call that is made once. `name` is how it is known, `is_clock` that it gives a time; `is_whole`: the default is
    nothing but this call, and takes no argument, so that the function itself can stand in its place."""

    call: s.Call
    name: str
    is_clock: bool
    is_whole: bool


class Default(msgspec.Struct, frozen=True):
    """A default as it is written. `owner` is `User.created`, or a function; `kind` says what has it."""

    owner: str
    kind: Literal["column", "field", "parameter", "attribute"]
    option: str  # the keyword
    unit: Unit
    expr: s.Expr
    scope: Scope
    takes_function: bool  # a function in its place is called for each row
    is_copied: bool | None = False  # each row gets a copy: its type is `MutableDict.as_mutable(…)`; None if not known

    def span(self, at: int) -> Span:
        return self.unit.span(at)


class Defaults:
    """The defaults that classes and functions of a project give when they are defined, by file."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def of_attributes(self, path: str) -> Iterator[Default]:
        """Those of fields that classes declare and that are no model's: of forms, serializers and pydantic's models, and
        columns of a `db` whose source was not read."""
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not any(word in unit.facts.module for word in _VOLATILE):
            return
        known = {id(default.expr) for default in self.of_rows(path)}
        for cls in self.project.names.classes(unit):
            for node, _ in cls.statements if not cls.name.endswith(_MADE_ONCE) else ():
                call = node.value if isinstance(node, s.Assign) else None
                target = node.targets[0] if isinstance(node, s.Assign) else None
                if not isinstance(call, s.Call) or not isinstance(target, s.Name):
                    continue
                maker = last_name(call.func)
                if maker not in _MAKERS and not maker.endswith("Field"):
                    continue
                for keyword in call.keywords:
                    if keyword.name in ("default", "initial") and id(keyword.value) not in known:
                        scope, takes = Scope(unit, (), cls), maker != "Field"
                        owner = f"{cls.name}.{target.id}"
                        yield Default(owner, "attribute", keyword.name, unit, keyword.value, scope, takes)

    def of_rows(self, path: str) -> list[Default]:
        """Those of SQLAlchemy's columns and Django's fields."""
        return [*self._of_columns.get(path, ()), *self._of_fields(path)]

    @cached_property
    def _of_columns(self) -> dict[str, list[Default]]:
        found: dict[str, list[Default]] = {}
        told = set()
        for table in self.project.tables.tables if self.project.uses_sqlalchemy else ():
            for column in table.columns.values():
                for option in ("default", "onupdate", "insert_default"):
                    given = column.given.get(option)
                    if given is None or given.scope.function is not None or given.site.key in told:
                        continue
                    told.add(given.site.key)  # one of a mixin is in many tables
                    owner, unit = given.scope.owner, given.scope.unit
                    name = f"{owner.name if owner is not None else table.name}.{column.key}"
                    takes = column.maker in ("Column", "mapped_column") and owner is not None
                    default = Default(
                        name, "column", option, unit, given.expr, Scope(unit, (), owner), takes, self._is_copied(column)
                    )
                    found.setdefault(unit.path, []).append(default)
        return found

    def _is_copied(self, column: Column) -> bool | None:
        """Whether SQLAlchemy makes each value a `Mutable` object of its own."""
        if self._may_be_mutable:
            return None
        given = column.given.get("type_")
        if given is None:
            return False if column.annotation is not None else None
        kind = given.value
        if isinstance(kind, Made):
            return None if not kind.kind else kind.kind == "as_mutable"
        return False if isinstance(kind, (Lib, ClassSymbol)) else None

    @cached_property
    def _may_be_mutable(self) -> bool:
        """Whether types become mutable ones for the whole project: `MutableDict.associate_with(JSON)`."""
        return any(unit.mentions("associate_with") for unit in self.project.units())

    @memo
    def _of_fields(self, path: str) -> tuple[Default, ...]:
        """Those of the fields that the model classes of one file declare."""
        unit = self.project.unit(path)
        if unit is None or b"default" not in unit.facts.module or not self._uses_django:
            return ()
        models = [self.project.models.of(cls) for cls in self.project.names.classes(unit) if cls.function is None]
        return tuple(default for model in models if model is not None for default in _of_model(model))

    @cached_property
    def _uses_django(self) -> bool:
        return any(b"django" in unit.facts.module for unit in self.project.units())

    def of_parameters(self, path: str) -> Iterator[Default]:
        """Those of functions that may call a clock."""
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not any(word in unit.facts.module for word in (b"now", b"today")):
            return
        if any(word in unit.facts.module for word in _ONCE):
            return  # it runs once, and now is when it was started
        for function in self.project.functions(unit):
            for param in function.node.params:
                if param.default is not None and not isinstance(param.default, (s.Lit, s.Str, s.Name)):
                    owner = f"{function.node.name}({param.name}=…)"
                    scope = Scope(unit, (), function.owner)
                    yield Default(owner, "parameter", param.name, unit, param.default, scope, False)

    # --- what is volatile ---------------------------------------------------------------------------------------------

    def volatile(self, scope: Scope, expr: s.Expr, depth: int = 0) -> Called | None:
        """The first call in an expression that gives another value each time."""
        for part in _evaluated(expr):
            if isinstance(part, s.Call):
                clock = self.is_clock(scope, part.func, depth)
                if clock is not None:
                    name = _written(part.func)
                    return Called(part, name, clock, part is expr and not part.args and not part.keywords)
        return None

    def is_clock(self, scope: Scope, func: s.Expr, depth: int = 0) -> bool | None:
        """Whether a function gives the time; None where it is no volatile function."""
        dotted = full_name(self.project.names, scope, func)
        if dotted in _CLOCKS or dotted in _RANDOM:
            return dotted in _CLOCKS
        symbol = self.project.names.follow(resolve(self.project.names, scope, func))
        if isinstance(symbol, FunctionSymbol) and not symbol.unit.is_library and depth < _DEEPEST:
            return self._gives(symbol, depth + 1)
        return None

    def _gives(self, symbol: FunctionSymbol, depth: int) -> bool | None:
        """Whether every `return` of a function of the project gives something volatile."""
        node = symbol.node
        if node.decorators or node.is_async:
            return None
        inner = Scope(symbol.unit, (node,), symbol.owner)
        returned = [st.value for st, _ in walk(symbol.unit.body(node).statements) if isinstance(st, s.Return)]
        found = [self.volatile(inner, value, depth) if value is not None else None for value in returned]
        known = [called.is_clock for called in found if called is not None]
        return all(known) if known and len(known) == len(found) else None


def _of_model(model: Model) -> Iterator[Default]:
    unit = model.symbol.unit
    for field in model.fields.values():
        value = field.call.keyword("default") if field.call is not None else None
        if (
            value is None
            or field.owner is not model.symbol
            or field.declared is None
            or field.declared.unit is not unit
        ):
            continue
        name, scope = f"{model.name}.{field.name}", Scope(unit, (), field.owner)
        # Fields of other libraries often make an object of their own of what they are given.
        is_copied = False if field.type_symbol.dotted.startswith("django.") else None
        yield Default(name, "field", "default", unit, value, scope, True, is_copied)


def _evaluated(expr: s.Expr) -> Iterator[s.Expr]:
    """What is worked out with an expression: not the bodies of lambdas, nor what a function is handed for later."""
    yield expr
    children = CHILDREN.get(type(expr))
    for child in children(expr) if children is not None else ():
        yield from _evaluated(child)


def _written(func: s.Expr) -> str:
    parts: list[str] = []
    while isinstance(func, s.Attr):
        parts.append(func.name)
        func = func.value
    return ".".join(reversed([*parts, func.id if isinstance(func, s.Name) else "…"]))
