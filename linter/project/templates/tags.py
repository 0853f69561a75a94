"""The project's own template tags and filters: which function is behind a name, what it gives, what it renders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.facts import template as t
from linter.project.constants import DictValue, texts
from linter.project.templates.context import Context, of_dict
from linter.project.templates.names import engines
from linter.project.trace import cached_property, memo
from linter.project.types import UNKNOWN, DictType, Function, Type, UnknownType
from linter.project.units import FunctionSymbol, Unit, walk

if TYPE_CHECKING:
    from linter.project import Project

Kind = Literal["simple_tag", "simple_block_tag", "inclusion_tag", "tag", "filter"]
_KINDS: tuple[Kind, ...] = ("simple_tag", "simple_block_tag", "inclusion_tag", "tag", "filter")

# What tags of well-known libraries put into the context of the text that they enclose.
_PUSHED = {"recursetree": ("node", "children"), "paginate": ("pages",), "autopaginate": ("page_obj", "paginator")}


class Registered(msgspec.Struct, frozen=True):
    """A tag or filter of some library."""

    kind: Kind
    name: str
    function: FunctionSymbol | None
    unit: Unit | None
    takes_context: bool = False
    template: str = ""


class TagLibraries:
    """Every library of the project by its name."""

    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def by_name(self) -> dict[str, tuple[Unit, ...]]:
        """The modules that `{% load name %}` may mean."""
        found: dict[str, list[Unit]] = {}
        for path in self.project.python_paths:
            folders = path.split("/")
            if "templatetags" in folders[:-1]:
                unit = self.project.unit(path)
                below = folders[folders.index("templatetags") + 1 :]
                if unit is not None:
                    found.setdefault(".".join(below)[: -len(".py")], []).append(unit)
        for name, module in self._named_in_settings("libraries"):
            unit = self.project.names.module(module)
            if unit is not None:
                found.setdefault(name, []).append(unit)
        return {name: tuple(units) for name, units in found.items()}

    @cached_property
    def builtins(self) -> tuple[Unit, ...]:
        """Libraries that no template needs to load."""
        units = [self.project.names.module(module) for _, module in self._named_in_settings("builtins")]
        return tuple(dict.fromkeys(unit for unit in units if unit is not None))

    def _named_in_settings(self, option: str) -> Iterator[tuple[str, str]]:
        for module in self.project.settings.modules:
            for engine in engines(module.get("TEMPLATES")):
                for options in engine.get("OPTIONS") or ():
                    given = options.get(option) if isinstance(options, DictValue) else None
                    for value in given or ():
                        if isinstance(value, DictValue):
                            yield from ((name, text.value) for name, kinds in value.items for text in texts(kinds))
                    yield from (("", text.value) for text in texts(given or ()))

    @memo
    def registered(self, path: str) -> dict[tuple[bool, str], Registered]:
        """What one module registers: (is a filter, name) -> what is behind it."""
        unit = self.project.unit(path)
        found = list(_Registrations(self.project, unit).read()) if unit is not None else []
        return {(r.kind == "filter", r.name): r for r in found}

    @memo
    def written(self, unit: Unit) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_written(unit, unit.module.body)))


class Library:
    """What one template has loaded."""

    def __init__(self, libraries: TagLibraries | None) -> None:
        """None: a template of an engine that has no libraries."""
        self.libraries = libraries
        self.units: list[Unit] = list(libraries.builtins) if libraries is not None else []

    def load(self, node: t.Load) -> None:
        if self.libraries is not None:
            for name in node.libraries:
                self.units.extend(self.libraries.by_name.get(name, ()))

    def _find(self, is_filter: bool, name: str) -> Registered | None:
        for unit in reversed(self.units):
            assert self.libraries is not None
            found = self.libraries.registered(unit.path).get((is_filter, name))
            if found is not None:
                return found
        return None

    def tag(self, name: str) -> Registered | None:
        if name in _PUSHED:
            return Registered("tag", name, None, None)
        return self._find(False, name)

    def filter(self, name: str) -> Type | None:
        """The function of a filter of the project's own; None where it has none of that name."""
        found = self._find(True, name)
        if found is None:
            return None
        return Function(found.function) if found.function is not None else UNKNOWN

    def written(self, tag: Registered) -> tuple[str, ...]:
        """The names that a tag's code writes into a context itself; a node class may do it, so the whole module counts."""
        if tag.unit is None or self.libraries is None:
            return _PUSHED.get(tag.name, ())
        if tag.kind != "tag" and not tag.takes_context:
            return ()
        return self.libraries.written(tag.unit)

    def result(self, tag: Registered, args: list[Type], keywords: dict[str, Type], context: Context) -> Type:
        """What a tag gives: what `as name` binds."""
        assert self.libraries is not None
        if tag.function is None or tag.kind == "tag":
            return UNKNOWN
        if tag.takes_context:
            args = [DictType(tuple(context.names.items()), context.is_open), *args]
        if tag.kind == "simple_block_tag":
            args = [*args[:1], UNKNOWN, *args[1:]] if tag.takes_context else [UNKNOWN, *args]
        return self.libraries.project.flow.call(Function(tag.function), *args, **keywords)

    def rendered(self, tag: Registered, args: list[Type], keywords: dict[str, Type], context: Context) -> Context:
        """The context of an inclusion tag's template: nothing but what its function returns."""
        result = self.result(tag, args, keywords, context)
        return of_dict(result) if not isinstance(result, UnknownType) else Context(is_open=True)


class _Registrations:
    def __init__(self, project: Project, unit: Unit) -> None:
        self.project = project
        self.unit = unit

    def read(self) -> Iterator[Registered]:
        for node, _ in walk(self.unit.module.body):
            if isinstance(node, s.FunctionDef):
                for decorator in node.decorators:
                    yield from self.registration(decorator, FunctionSymbol(self.unit, node))
            elif isinstance(node, s.ClassDef):
                for decorator in node.decorators:
                    yield from self.registration(decorator, None)
            elif isinstance(node, s.ExprStmt) and isinstance(node.value, s.Call):
                yield from self.statement(node.value)

    def statement(self, call: s.Call) -> Iterator[Registered]:
        """`register.filter("name", function)`, `register.inclusion_tag("x.html")(function)`."""
        if isinstance(call.func, s.Call):
            yield from self.registration(call.func, self.function(call.args[0]) if call.args else None)
        elif isinstance(call.func, s.Attr) and call.func.name in _KINDS and call.args:
            functions = [found for arg in call.args if (found := self.function(arg)) is not None]
            yield from self.registration(call, functions[0] if functions else None)

    def function(self, expr: s.Expr) -> FunctionSymbol | None:
        symbol = self.project.names.follow(self.project.names.resolve(self.unit, expr))
        return symbol if isinstance(symbol, FunctionSymbol) else None

    def registration(self, decorator: s.Expr, function: FunctionSymbol | None) -> Iterator[Registered]:
        call = decorator if isinstance(decorator, s.Call) else s.Call(decorator)
        kind = next((k for k in _KINDS if isinstance(call.func, s.Attr) and call.func.name == k), None)
        if kind is None:
            return
        texts = [arg.value for arg in call.args if isinstance(arg, s.Str)]
        given = call.keyword("name")
        if isinstance(given, s.Str):
            name = given.value
        elif kind != "inclusion_tag" and texts:
            name = texts[0]
        elif function is not None:
            name = function.node.name
        else:
            return
        filename = call.keyword("filename")
        template = ""
        if kind == "inclusion_tag":
            template = filename.value if isinstance(filename, s.Str) else texts[0] if texts else ""
        takes_context = call.keyword("takes_context") == s.Lit(True)
        yield Registered(kind, name, function, self.unit, takes_context, template)


def _written(unit: Unit, node: object) -> Iterator[str]:
    """`context["name"] = …`, `context.update({"name": …})`, `with context.push(name=…)`."""
    if isinstance(node, tuple):
        for item in node:
            yield from _written(unit, item)
    elif isinstance(node, s.FunctionDef):
        yield from _written(unit, unit.body(node).statements)
    elif isinstance(node, s.Assign):
        for target in node.targets:
            if isinstance(target, s.Sub) and isinstance(target.index, s.Str):
                yield target.index.value
        yield from _written(unit, node.value)
    elif (
        isinstance(node, s.Call)
        and isinstance(node.func, s.Attr)
        and node.func.name in ("update", "push", "setdefault")
    ):
        for arg in node.args:
            if isinstance(arg, s.Dict):
                yield from (key.value for key, _ in arg.items if isinstance(key, s.Str))
            elif isinstance(arg, s.Str):
                yield arg.value
        yield from (keyword.name for keyword in node.keywords if keyword.name)
    elif isinstance(node, msgspec.Struct):
        for name in node.__struct_fields__:
            yield from _written(unit, getattr(node, name))
