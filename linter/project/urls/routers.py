"""Routers of Django REST framework: the names that begin with what a view set is registered under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.names import last_name
from linter.project.trace import cached_property
from linter.project.units import ClassSymbol, Unit, ValueSymbol, walk
from linter.project.urls.level import Level

if TYPE_CHECKING:
    from linter.project import Project

_ROUTERS = frozenset({"rest_framework.routers.DefaultRouter", "rest_framework.routers.SimpleRouter"})
# What a router's class may define without naming its patterns otherwise.
_NAMING_NOTHING = frozenset({
    "__init__", "get_api_root_view", "get_lookup_regex", "get_method_map", "get_schema_root_view",
})  # fmt: skip


class Routers:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    def level(self, unit: Unit, router: s.Expr) -> Level:
        """What `router.urls` gives."""
        symbol = self.names.follow(self.names.resolve(unit, router))
        if not isinstance(symbol, ValueSymbol) or not isinstance(symbol.value, s.Call):
            return Level(True)
        separator = self._separator(symbol.unit, symbol.value.func)
        if separator is None:
            return Level(True)
        found = Level()
        found.name("api-root", None)
        for where, call, is_repeated in self._registrations.get((symbol.unit.path, _index(symbol)), ()):
            prefix = "" if is_repeated else self._basename(where, call)
            if prefix:
                found.prefixes.add(f"{prefix}{separator}")
            else:
                found.is_open = True
        return found

    def _separator(self, unit: Unit, func: s.Expr) -> str | None:
        """What follows the name under which a view set is registered; None for routers that may make others. Those of the
        project's own that only say how requests are handled name as Django REST framework does."""
        if self.names.full_name(unit, func) in _ROUTERS:
            return "-"
        cls = self.names.follow(self.names.resolve(unit, func))
        if not isinstance(cls, ClassSymbol):
            return None
        separator = "-"
        for base in self.names.mro(cls)[0]:
            if self.names.name_of(base) in _ROUTERS:
                return separator
            if not isinstance(base, ClassSymbol) or not {method.name for method in base.methods} <= _NAMING_NOTHING:
                return None
            if "routes" in base.names:
                separator = ""  # `name="{basename}_list"`
        return None

    @cached_property
    def _registrations(self) -> dict[tuple[str, int], list[tuple[Unit, s.Call, bool]]]:
        """Every `router.register(…)` that importing a module makes, by the router; whether it stands in a loop."""
        found: dict[tuple[str, int], list[tuple[Unit, s.Call, bool]]] = {}
        for unit in self.project.units():
            if "register(" not in unit.module.uses:
                continue
            for node, guard in walk(unit.module.body):
                call = node.value if isinstance(node, s.ExprStmt) else None
                func = call.func if isinstance(call, s.Call) else None
                if not isinstance(call, s.Call) or not isinstance(func, s.Attr):
                    continue
                is_whole = func.name in ("extend", "append") and last_name(func.value) == "registry"
                router = func.value.value if is_whole and isinstance(func.value, s.Attr) else func.value
                if func.name == "register" or is_whole:
                    symbol = self.names.follow(self.names.resolve(unit, router))
                    if isinstance(symbol, ValueSymbol):
                        key = (symbol.unit.path, _index(symbol))
                        found.setdefault(key, []).append((unit, call, is_whole or guard == "for"))
        return found

    def _basename(self, unit: Unit, call: s.Call) -> str:
        """What the names begin with: what is said, or the name of the model of the view set's queryset."""
        given = call.keyword("basename") or call.keyword("base_name") or (call.args[2] if len(call.args) > 2 else None)
        if given is not None:
            return given.value if isinstance(given, s.Str) else ""
        cls = self.names.follow(self.names.resolve(unit, call.args[1])) if len(call.args) > 1 else None
        if not isinstance(cls, ClassSymbol):
            return ""
        for base in self.names.mro(cls)[0]:
            node = base.member("queryset") if isinstance(base, ClassSymbol) else None
            if isinstance(base, ClassSymbol) and isinstance(node, s.Assign) and node.value is not None:
                return self._model_name(base.unit, node.value)
        return ""

    def _model_name(self, unit: Unit, queryset: s.Expr) -> str:
        """`Model` of `Model.objects.all()`."""
        expr = queryset
        while isinstance(expr, (s.Call, s.Attr)):
            expr = expr.func if isinstance(expr, s.Call) else expr.value
            symbol = self.names.follow(self.names.resolve(unit, expr)) if isinstance(expr, (s.Name, s.Attr)) else None
            if isinstance(symbol, ClassSymbol) and self.project.models.of(symbol) is not None:
                return symbol.name.lower()
        return ""


def _index(symbol: ValueSymbol) -> int:
    """Which of its module's assignments makes a value."""
    return next((i for i, (node, _) in enumerate(symbol.unit.statements) if node is symbol.node), -1)
