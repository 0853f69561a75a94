"""The routes of a Flask project by the blueprints that they stand in.

A route whose blueprint is not certain is `loose`: it may be called so in any of them. What cannot be followed leaves its
blueprint open: one that is handed to other code may get routes there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.control import parts
from linter.project.imports.modules import is_test
from linter.project.names import last_name
from linter.project.trace import note
from linter.project.units import Unit, ValueSymbol, walk

if TYPE_CHECKING:
    from linter.project import Project

_VERBS = frozenset({"route", "get", "post", "put", "patch", "delete"})
_GIVEN_AWAY = frozenset({"register_blueprint", "exempt", "limit", "print", "append", "isinstance", "info", "debug"})
_WORDS = ("route", "add_url_rule", "Blueprint", "as_view", "endpoint", "add_resource")
_CONVERTED = re.compile(r"<(?:[^<>:]+:)?(\w+)>")


class Rule(msgspec.Struct, frozen=True):
    """What must be given to build a URL of a route."""

    needs: frozenset[str]


class Space:
    """What the endpoints of one blueprint are called, each with the rules of its routes, None for what is not known."""

    def __init__(self) -> None:
        self.routes: dict[str, list[Rule | None]] = {}
        self.is_open = False
        self.has_prefix = False  # one that takes values, or that is not known


class Blueprints:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.spaces: dict[str, Space] = {}
        self.loose: set[str] = set()
        self.is_open = False  # any endpoint may be anywhere
        self.titles: dict[int, str] = {}  # of the module-level blueprints, by what assigns them
        units = [u for u in project.units() if not is_test(u.path) and any(map(u.mentions, _WORDS))]
        self._variables: set[str] = set()
        for unit in units:
            self._assigned(unit)
        others = [unit for unit in project.units() if not is_test(unit.path) and unit not in units]
        for unit in (*units, *(u for u in others if any(map(u.mentions, self._variables)))):
            note(unit.bit)
            _File(self, unit).read()
        for space in self.spaces.values():
            if space.has_prefix:
                space.routes = {name: [None] for name in space.routes}

    def _assigned(self, unit: Unit) -> None:
        for node, _ in unit.statements:
            if isinstance(node, s.Assign) and isinstance(node.value, s.Call) and is_blueprint(node.value):
                title = self.declared(node.value)
                for target in node.targets if title else ():
                    if isinstance(target, s.Name):
                        self.titles[id(node)] = title
                        self._variables.add(target.id)

    def declared(self, call: s.Call) -> str:
        """The name in `Blueprint("name", …)`, "" where it is not said there."""
        given = call.args[0] if call.args else call.keyword("name")
        if not isinstance(given, s.Str):
            return ""
        space = self.spaces.setdefault(given.value, Space())
        prefix = call.keyword("url_prefix")
        space.has_prefix = space.has_prefix or not _is_plain(prefix) or not call.is_exact
        return given.value

    def title(self, unit: Unit, expr: s.Expr) -> str:
        """The name of the blueprint that an expression is; "" where that is not certain."""
        symbol = self.project.names.follow(self.project.names.resolve(unit, expr))
        return self.titles.get(id(symbol.node), "") if isinstance(symbol, ValueSymbol) else ""


class _File:
    def __init__(self, found: Blueprints, unit: Unit) -> None:
        self.found = found
        self.unit = unit

    def read(self) -> None:
        self.block(self.unit.module.body, {})

    def block(self, block: tuple[s.Stmt, ...], local: dict[str, str]) -> None:
        """`local`: the blueprints that names of the functions around hold, "" for what is none, or not known."""
        statements = [node for node, _ in walk(block)]
        for node in statements:
            if isinstance(node, s.Assign) and isinstance(node.value, s.Call) and is_blueprint(node.value):
                title = self.found.declared(node.value)
                if block is not self.unit.module.body:
                    local = {**local, **{target.id: title for target in node.targets if isinstance(target, s.Name)}}
        for node in statements:
            if isinstance(node, (s.FunctionDef, s.ClassDef)):
                self.decorated(node, local)
            if isinstance(node, s.FunctionDef):
                inner = {**local, **dict.fromkeys((param.name for param in node.params), "")}
                self.block(self.unit.body(node).statements, inner)
            elif isinstance(node, s.ClassDef):
                self.block(node.body, local)
            for part in parts(node):
                if isinstance(part, s.Call):
                    self.call(part, local)

    def title(self, expr: s.Expr, local: dict[str, str]) -> str:
        if isinstance(expr, s.Name) and expr.id in local:
            return local[expr.id]
        return self.found.title(self.unit, expr) if isinstance(expr, (s.Name, s.Attr)) else ""

    def decorated(self, node: s.FunctionDef | s.ClassDef, local: dict[str, str]) -> None:
        is_routed = False
        for decorator in node.decorators:
            func = decorator.func if isinstance(decorator, s.Call) else None
            if isinstance(decorator, s.Call) and isinstance(func, s.Attr) and func.name in _VERBS:
                title = self.title(func.value, local)
                is_routed = is_routed or bool(title)
                self.route(title, decorator, node.name)
            elif isinstance(decorator, s.Call):
                self.handed(decorator, last_name(decorator.func), local)
        if node.decorators and not is_routed:
            self.found.loose.update((node.name, node.name.lower()))

    def route(self, title: str, call: s.Call, name: str) -> None:
        """A route of a blueprint, or of what is not known."""
        endpoint = call.keyword("endpoint")
        if endpoint is not None:
            if not isinstance(endpoint, s.Str):
                self.opened(title)
                return
            name = endpoint.value
        if not title:
            self.found.loose.update((name, name.rpartition(".")[2]))
            return
        self.found.spaces[title].routes.setdefault(name, []).append(_rule(call))

    def opened(self, title: str) -> None:
        if title:
            self.found.spaces[title].is_open = True
        else:
            self.found.is_open = True

    def call(self, call: s.Call, local: dict[str, str]) -> None:
        last = last_name(call.func)
        if last == "add_url_rule" and isinstance(call.func, s.Attr):
            self.rule(call, self.title(call.func.value, local))
        elif last == "as_view":
            self.found.loose.update(arg.value for arg in call.args[:1] if isinstance(arg, s.Str))
        elif last == "add_resource" and call.args:
            self.found.loose.add(last_name(call.args[0]).lower())
        elif last == "register_blueprint":
            self.registered(call, local)
        elif is_blueprint(call):
            title = self.found.declared(call)
            if title and title not in self.found.titles.values() and title not in local.values():
                self.found.spaces[title].is_open = True
        self.handed(call, last, local)

    def handed(self, call: s.Call, last: str, local: dict[str, str]) -> None:
        """What gets a blueprint may give it more routes; and an endpoint may be said in any call."""
        for arg in (*call.args, *(keyword.value for keyword in call.keywords)):
            title = self.title(arg, local) if last not in _GIVEN_AWAY else ""
            if title:
                self.found.spaces[title].is_open = True
        endpoint = call.keyword("endpoint")
        if isinstance(endpoint, s.Str) and last != "url_for":
            self.found.loose.add(endpoint.value.rpartition(".")[2])
        elif last == "endpoint":
            self.found.loose.update(arg.value for arg in call.args if isinstance(arg, s.Str))

    def rule(self, call: s.Call, title: str) -> None:
        """`add_url_rule(rule, endpoint=None, view_func=None)`."""
        endpoint = call.keyword("endpoint") or (call.args[1] if len(call.args) > 1 else None)
        view = call.keyword("view_func") or (call.args[2] if len(call.args) > 2 else None)
        name = ""
        if isinstance(endpoint, s.Str):
            name = endpoint.value
        elif endpoint is None or endpoint == s.Lit(None):
            if isinstance(view, s.Call) and last_name(view.func) == "as_view" and view.args:
                name = view.args[0].value if isinstance(view.args[0], s.Str) else ""
            elif isinstance(view, (s.Name, s.Attr)):
                name = last_name(view)
        if not name:
            self.opened(title)
        elif not title:
            self.found.loose.update((name, name.rpartition(".")[2]))
        else:
            self.found.spaces[title].routes.setdefault(name, []).append(_rule(call))

    def registered(self, call: s.Call, local: dict[str, str]) -> None:
        given = call.args[0] if call.args else call.keyword("blueprint")
        title = self.title(given, local) if given is not None else ""
        above = self.title(call.func.value, local) if isinstance(call.func, s.Attr) else ""
        if call.keyword("name") is not None or not call.is_exact:
            self.opened("")
        for each in self._meant(title):
            each.has_prefix = each.has_prefix or not _is_plain(call.keyword("url_prefix")) or bool(above)
        if title and above:
            self.found.spaces.setdefault(f"{above}.{title}", self.found.spaces[title])

    def _meant(self, title: str) -> Iterable[Space]:
        """The blueprint of a name; any, where that is not known."""
        return [self.found.spaces[title]] if title else self.found.spaces.values()


def is_blueprint(call: s.Call) -> bool:
    return last_name(call.func).endswith("Blueprint")


def _is_plain(prefix: s.Expr | None) -> bool:
    """Whether a prefix takes no values."""
    return prefix is None or (isinstance(prefix, s.Str) and "<" not in prefix.value) or prefix == s.Lit(None)


def _rule(call: s.Call) -> Rule | None:
    route = call.args[0] if call.args else call.keyword("rule")
    defaults = call.keyword("defaults")
    if not isinstance(route, s.Str) or not call.is_exact or defaults is not None:
        return None
    return Rule(frozenset(_CONVERTED.findall(route.value)))
