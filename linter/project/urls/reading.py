"""URL patterns as modules make them when they are imported: lists, sums, `include()`, routers, Django's admin.

Every branch is taken, so a name that only some settings give is there. What cannot be followed leaves its level open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.constants import Number, Text
from linter.project.imports.modules import is_test
from linter.project.names import last_name
from linter.project.trace import memo
from linter.project.units import ClassSymbol, FunctionSymbol, ModuleSymbol, Symbol, Unit, ValueSymbol, walk
from linter.project.urls import routes
from linter.project.urls.included import level_of
from linter.project.urls.level import NOTHING, Level, Params, both
from linter.project.urls.routers import Routers

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.names import Names

_PATTERNS = frozenset({"path", "re_path", "url"})
_EMPTY = frozenset({"static", "staticfiles_urlpatterns"})  # they serve files, by no name
_SITES = ("django.contrib.admin.AdminSite", "django.contrib.admin.sites.AdminSite")
_DEFAULT_SITE = frozenset({"django.contrib.admin.site", "django.contrib.admin.sites.site"})
MOST_STEPS = 30


class Reading:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names
        self.routers = Routers(project)
        self.reached: set[str] = set()
        self._active: dict[tuple[str, str], Level] = {}  # the lists that are being read, the innermost last

    # --- modules ---

    def module(self, unit: Unit) -> Level:
        """The `urlpatterns` of a module."""
        self.reached.add(unit.path)
        found = Level()
        found.add(self.variable(unit, "urlpatterns"))
        if unit.is_library and not unit.is_django and not self.project.models.is_pinned(unit):
            found.add(level_of(unit.name) or Level(True))  # read in a version that the project may not run
        return found

    def variable(self, unit: Unit, name: str) -> Level:
        """All that a module puts into the list of that name."""
        key = (unit.path, name)
        found = Level()
        if key in self._active and key == next(reversed(self._active)):
            # `urlpatterns = [path("", include((urlpatterns, "shop")))]`: what it was before
            self._active[key].repeats = True
            return self._active[key]
        if key in self._active or len(self._active) > MOST_STEPS or self._is_changed_later(name):
            return Level(True)
        self._active[key] = found
        try:
            self._bindings(unit, name, found)
            for node, _ in unit.statements:
                self._change(unit, name, node, found)
        finally:
            del self._active[key]
        return found

    def _bindings(self, unit: Unit, name: str, found: Level) -> None:
        bindings = unit.names.get(name, [])
        for binding in bindings:
            if isinstance(binding.node, s.Assign):
                if binding.node.value is not None:
                    found.add(self.patterns(unit, binding.node.value))
                found.is_open = found.is_open or self._is_repeated(unit, binding.node)
            elif not isinstance(binding.node, s.AugAssign):
                found.add(self._symbol(self.names.bound(unit, binding, name)))
        if not bindings:
            found.add(self._symbol(self.names.lookup(unit, name)))

    def _change(self, unit: Unit, name: str, node: s.Stmt, found: Level) -> None:
        """`name += […]`, `name.append(…)`."""
        if isinstance(node, s.AugAssign) and isinstance(node.target, s.Name) and node.target.id == name:
            found.add(self.patterns(unit, node.value))
            found.is_open = found.is_open or self._is_repeated(unit, node)
        elif isinstance(node, s.ExprStmt) and isinstance(node.value, s.Call) and isinstance(node.value.func, s.Attr):
            func, args = node.value.func, node.value.args
            if not isinstance(func.value, s.Name) or func.value.id != name:
                return
            if self._is_repeated(unit, node):
                found.is_open = True
            elif func.name == "extend" and len(args) == 1:
                found.add(self.patterns(unit, args[0]))
            elif func.name in ("append", "insert") and args:
                self.entry(unit, args[-1], found)
            else:
                found.is_open = True

    def _is_repeated(self, unit: Unit, node: s.Stmt) -> bool:
        return id(node) in self._in_loops(unit)

    @memo
    def _in_loops(self, unit: Unit) -> frozenset[int]:
        """The statements that a loop of the module repeats."""
        loops = [
            node for node, _ in unit.statements if isinstance(node, s.For) or (isinstance(node, s.If) and node.loop)
        ]
        return frozenset(id(inner) for loop in loops for inner, _ in walk(loop.body))

    @memo
    def _is_changed_later(self, name: str) -> bool:
        """Whether some function adds to a list of that name that is not its own."""
        return any(
            any(_changes(node, name) for node, _ in statements)
            and not any(_assigns(node, name) for node, _ in statements)
            for unit in self.project.units()
            if not is_test(unit.path)
            for statements in (walk(unit.body_at(index).statements) for index in unit.bodies_with([name]))
        )

    def _symbol(self, symbol: Symbol | None) -> Level:
        if isinstance(symbol, ValueSymbol) and symbol.owner is None:
            for name, bindings in symbol.unit.names.items():
                if any(binding.node is symbol.node for binding in bindings):
                    self.reached.add(symbol.unit.path)
                    return self.variable(symbol.unit, name)
        return Level(True)

    # --- lists of patterns ---

    def patterns(self, unit: Unit, expr: s.Expr) -> Level:
        found = Level()
        if isinstance(expr, s.Seq):
            for item in expr.items:
                self.entry(unit, item, found)
        elif isinstance(expr, s.Op) and expr.op == "+":
            for operand in expr.operands:
                found.add(self.patterns(unit, operand))
        elif isinstance(expr, s.Cond):
            found.add(self.patterns(unit, expr.body))
            found.add(self.patterns(unit, expr.orelse))
        elif isinstance(expr, s.Attr) and expr.name == "urls":
            return self.routers.level(unit, expr.value)
        elif isinstance(expr, s.Name):
            return self.variable(unit, expr.id)
        elif isinstance(expr, s.Attr):
            return self._symbol(self.names.resolve(unit, expr))
        elif isinstance(expr, s.Call):
            self._call(unit, expr, found)
        else:
            found.is_open = True
        return found

    def _call(self, unit: Unit, call: s.Call, found: Level) -> None:
        last = last_name(call.func)
        name = module_of(self.names, unit, call.func)
        if last in _EMPTY and name.startswith("django."):
            return
        if last == "i18n_patterns" and name.startswith("django."):
            for arg in call.args:
                self.entry(unit, arg, found)
        elif last == "patterns" and name.startswith("django."):  # of old Djangos: a prefix of the views comes first
            for arg in call.args[1:]:
                self.entry(unit, arg, found)
        elif (last == "format_suffix_patterns" and name.startswith("rest_framework.")) or (
            last in ("list", "tuple") and call.args
        ):
            more = NOTHING if last in ("list", "tuple") else None
            found.add(self.patterns(unit, call.args[0]) if call.args else Level(True), more)
        else:
            found.add(self._returned(unit, call))

    def _returned(self, unit: Unit, call: s.Call) -> Level:
        """What a function without parameters gives."""
        symbol = self.names.follow(self.names.resolve(unit, call.func))
        if isinstance(symbol, FunctionSymbol) and symbol.owner is None and not symbol.node.params and not call.args:
            body = walk(symbol.unit.body(symbol.node).statements)
            if len(body) == 1 and isinstance(body[0][0], s.Return) and body[0][0].value is not None:
                return self.patterns(symbol.unit, body[0][0].value)
        return level_of(module_of(self.names, unit, call.func)) or Level(True)

    # --- one pattern ---

    def entry(self, unit: Unit, expr: s.Expr, found: Level, steps: int = 0) -> None:
        if isinstance(expr, s.Starred):
            found.add(self.patterns(unit, expr.value))
        elif isinstance(expr, s.Cond):
            self.entry(unit, expr.body, found)
            self.entry(unit, expr.orelse, found)
        elif isinstance(expr, s.Call):
            self._pattern(unit, expr, found)
        elif isinstance(expr, (s.Name, s.Attr)) and steps < MOST_STEPS:
            symbol = self.names.follow(self.names.resolve(unit, expr))
            if isinstance(symbol, ValueSymbol):
                self.entry(symbol.unit, symbol.value, found, steps + 1)
            else:
                found.is_open = True
        else:
            found.is_open = True

    def _pattern(self, unit: Unit, call: s.Call, found: Level) -> None:
        last = last_name(call.func)
        route = call.args[0] if call.args else call.keyword("route") or call.keyword("regex")
        view = call.keyword("view") or (call.args[1] if len(call.args) > 1 else None)
        kwargs = call.keyword("kwargs") or (call.args[2] if len(call.args) > 2 else None)
        name = call.keyword("name") or (call.args[3] if len(call.args) > 3 else None)
        is_pattern = last in _PATTERNS and module_of(self.names, unit, call.func).startswith("django.")
        params = None
        if is_pattern and route is not None and call.is_exact:
            params = both(routes.params(route, last != "path"), routes.given(kwargs))
        for value in self.project.settings.constants.expression(unit, name) if name is not None else ():
            if isinstance(value, Text) and value.complete:
                found.name(value.value, params)
            elif value != Number(None):
                found.is_open = True
        if not is_pattern or view is None or not call.is_exact:
            found.is_open = True
        else:
            self._view(unit, view, params, found)

    def _view(self, unit: Unit, view: s.Expr, params: Params | None, found: Level) -> None:
        """What a pattern leads to: patterns below it, or a view."""
        symbol = self.names.lookup(unit, view.id) if isinstance(view, s.Name) else None
        if isinstance(symbol, ValueSymbol):
            unit, view = symbol.unit, symbol.value
        if isinstance(view, s.Call) and last_name(view.func) == "include":
            self._include(unit, view, params, found)
        elif isinstance(view, s.Attr) and view.name == "urls":
            self._site(unit, view.value, found)
        elif isinstance(view, s.Call):
            found.is_open = found.is_open or any(word in last_name(view.func) for word in ("url", "include", "pattern"))
        elif not isinstance(view, (s.Name, s.Attr, s.Lambda, s.Str)):
            found.is_open = True

    def _site(self, unit: Unit, site: s.Expr, found: Level) -> None:
        """`admin.site.urls`."""
        symbol = self.names.resolve(unit, site)
        if self.names.full_name(unit, site) in _DEFAULT_SITE or (
            isinstance(symbol, ValueSymbol) and symbol.unit.name == "django.contrib.admin.sites"
        ):
            found.space("admin", Level(True), NOTHING)
            return
        value = symbol.value if isinstance(symbol, ValueSymbol) else None
        cls = (
            self.names.follow(self.names.resolve(symbol.unit, value.func))
            if isinstance(symbol, ValueSymbol) and isinstance(value, s.Call)
            else None
        )
        if isinstance(cls, ClassSymbol) and self.names.is_subclass(cls, *_SITES) and isinstance(value, s.Call):
            name = value.keyword("name") or (value.args[0] if value.args else None)
            if name is None or isinstance(name, s.Str):
                for space in {"admin", name.value if name is not None else "admin"}:
                    found.space(space, Level(True), NOTHING)
                return
        if isinstance(value, s.Call) and last_name(value.func) == "NinjaAPI" and value.is_exact:
            given = value.keyword("urls_namespace") or value.keyword("version") or s.Str("1.0.0")
            if isinstance(given, s.Str):
                is_whole = value.keyword("urls_namespace") is not None
                found.space(given.value if is_whole else f"api-{given.value}", Level(True), None)
                return
        found.is_open = True

    # --- include() ---

    def _include(self, unit: Unit, call: s.Call, params: Params | None, found: Level) -> None:
        target = call.args[0] if call.args else call.keyword("arg")
        given = call.keyword("namespace") or (call.args[1] if len(call.args) > 1 else None)
        app: s.Expr | None = None
        if isinstance(target, s.Seq) and target.kind == "tuple" and len(target.items) in (2, 3):
            app = target.items[1]
            given = given or (target.items[2] if len(target.items) == 3 else None)
            target = target.items[0]
        level, app_name = self._included(unit, target) if target is not None else (Level(True), None)
        if level.is_of_package and (given is not None or app is not None):
            level = Level(True)  # what it says of its namespaces is meant of those that it has by itself
        if app is not None:
            app_name = self._text(unit, app)
        if app_name is None and given is None and app is None:
            found.add(level, params)
            return
        space = self._text(unit, given) if given is not None else app_name
        if space is None or (app is not None and app_name is None):
            found.is_open = True
        for name in {space, app_name} - {None}:
            assert name is not None
            found.space(name, level, params)

    def _included(self, unit: Unit, target: s.Expr) -> tuple[Level, str | None]:
        """What `include` is given, and the `app_name` of a module."""
        values = (
            self.project.settings.constants.expression(unit, target) if not isinstance(target, (s.Seq, s.Attr)) else ()
        )
        module: Unit | None = None
        if len(values) == 1 and isinstance(values[0], Text) and values[0].complete:
            module = self.names.module(values[0].value, unit.path)
            if module is None:
                return level_of(values[0].value) or Level(True), None
        elif isinstance(target, (s.Name, s.Attr)):
            symbol = self.names.resolve(unit, target)
            if isinstance(symbol, ModuleSymbol):
                module = symbol.unit
        if module is None:
            return self._of_library(unit, target) or self.patterns(unit, target), None
        return self.module(module), self._app_name(module)

    def _of_library(self, unit: Unit, target: s.Expr) -> Level | None:
        """`debug_toolbar.urls`, of which nothing was read."""
        above = self.names.resolve(unit, target.value) if isinstance(target, s.Attr) else None
        if isinstance(target, s.Attr) and isinstance(above, ModuleSymbol) and above.unit.is_library:
            return level_of(f"{above.unit.name}.{target.name}")
        return level_of(self.names.full_name(unit, target) or "")

    def _app_name(self, module: Unit) -> str | None:
        symbol = self.names.lookup(module, "app_name")
        return self._text(symbol.unit, symbol.value) if isinstance(symbol, ValueSymbol) else None

    def _text(self, unit: Unit, expr: s.Expr) -> str | None:
        values = self.project.settings.constants.expression(unit, expr)
        if len(values) == 1 and isinstance(values[0], Text) and values[0].complete:
            return values[0].value
        return None


def _changes(node: s.Stmt, name: str) -> bool:
    if isinstance(node, s.AugAssign):
        return last_name(node.target) == name
    call = node.value if isinstance(node, s.ExprStmt) else None
    return (
        isinstance(call, s.Call)
        and isinstance(call.func, s.Attr)
        and call.func.name in ("append", "extend", "insert")
        and last_name(call.func.value) == name
    )


def _assigns(node: s.Stmt, name: str) -> bool:
    return isinstance(node, s.Assign) and any(isinstance(t, s.Name) and t.id == name for t in node.targets)


def module_of(names: Names, unit: Unit, expr: s.Expr) -> str:
    """The module that what an expression names comes from, "" where it is not known."""
    symbol = names.resolve(unit, expr)
    if isinstance(symbol, (ClassSymbol, FunctionSymbol, ValueSymbol)):
        return symbol.unit.name
    return names.name_of(symbol)
