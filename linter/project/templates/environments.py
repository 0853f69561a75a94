"""What Python code says of Jinja: the delimiters of its environments and the folders that their loaders search.

Any call, dict or attribute with Jinja's own names for these counts, whoever is called: `Environment(…)`, `Jinja2Templates(…)`,
`app.jinja_options = {…}`, `OPTIONS` in Django's TEMPLATES, `env.variable_start_string = …`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from linter.facts import syntax as s
from linter.facts.template import DEFAULT_DELIMITERS, Delimiters
from linter.project.constants import CallValue, Constants, ListValue, PathValue, Text, Value, Values
from linter.project.names import last_name
from linter.project.templates.names import folders_in
from linter.project.units import Unit

if TYPE_CHECKING:
    from linter.project import Project

# Words of `extract.python.GATES`: a file without any of them says nothing here.
DELIMITER_GATES = ("_start_string", "line_statement_prefix")
FOLDER_GATES = ("SystemLoader(", "PackageLoader(", "template_folder", "Jinja2Templates(")

_DELIMITERS = {
    "variable_start_string": "variable_start",
    "variable_end_string": "variable_end",
    "block_start_string": "block_start",
    "block_end_string": "block_end",
    "comment_start_string": "comment_start",
    "comment_end_string": "comment_end",
    "line_statement_prefix": "line_statement_prefix",
    "line_comment_prefix": "line_comment_prefix",
}
_LOADERS = frozenset({"FileSystemLoader", "ModuleLoader", "ChoiceLoader", "PrefixLoader", "PackageLoader"})
_ENVIRONMENTS = frozenset({"Environment", "SandboxedEnvironment", "NativeEnvironment", "ImmutableSandboxedEnvironment"})


_MARK = re.compile(r"[^\w\s]")  # what a delimiter begins with


class JinjaEnvironment(NamedTuple):
    """`folders`: where its templates lie, () where the code does not say."""

    delimiters: Delimiters
    folders: tuple[str, ...]


class Environments:
    """`environments` with delimiters of their own, and every folder that some loader searches."""

    def __init__(self, project: Project) -> None:
        self.environments: list[JinjaEnvironment] = []
        self.folders: set[str] = set()
        self.is_used = False  # whether the code itself makes Jinja environments
        for unit in project.units():
            uses = unit.module.uses
            if any(gate in uses for gate in DELIMITER_GATES + FOLDER_GATES):
                _File(self, project, unit).read()


class _File:
    def __init__(self, found: Environments, project: Project, unit: Unit) -> None:
        self.found = found
        self.project = project
        self.unit = unit
        self.constants: Constants = project.settings.constants
        self.given: dict[str, str] = {}  # delimiters that are set one by one, or in a dict of options
        self.own_folders: list[str] = []

    def read(self) -> None:
        self.visit(self.unit.module.body)
        if self.given:
            self.add(self.given, tuple(self.own_folders))
        self.found.folders.update(self.own_folders)

    def add(self, given: dict[str, str], folders: tuple[str, ...]) -> None:
        delimiters = Delimiters(**given)
        if delimiters != DEFAULT_DELIMITERS:
            self.found.environments.append(JinjaEnvironment(delimiters, folders))

    def visit(self, node: object) -> None:
        """Every record of a piece of code, what its functions do included."""
        if isinstance(node, tuple):
            for item in node:
                self.visit(item)
        elif isinstance(node, s.Call):
            self.call(node)
        elif isinstance(node, msgspec.Struct):
            if isinstance(node, s.Dict):
                self.options([(k.value, v) for k, v in node.items if isinstance(k, s.Str)])
            elif isinstance(node, s.Assign) and node.value is not None:
                self.options([(t.name, node.value) for t in node.targets if isinstance(t, s.Attr)])
            elif isinstance(node, s.FunctionDef):
                self.visit(self.unit.body(node).statements)
            for name in node.__struct_fields__:
                self.visit(getattr(node, name))

    def options(self, pairs: list[tuple[str, s.Expr]]) -> None:
        self.given.update(self.delimiters(pairs))

    def delimiters(self, pairs: list[tuple[str, s.Expr]]) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in pairs:
            for text in self.constants.expression(self.unit, value) if name in _DELIMITERS else ():
                if isinstance(text, Text) and text.complete and _MARK.match(text.value):
                    found[_DELIMITERS[name]] = text.value
        return found

    def call(self, node: s.Call) -> None:
        name = last_name(node.func)
        given = self.delimiters([(k.name, k.value) for k in node.keywords])
        folders: tuple[str, ...] = ()
        if name in _ENVIRONMENTS or node.keyword("loader") is not None:
            self.found.is_used = True
            loader = node.keyword("loader") or (node.args[0] if node.args and name in _ENVIRONMENTS else None)
            if loader is not None:
                folders = tuple(self.loader(self.constants.expression(self.unit, loader)))
        elif name in _LOADERS:
            folders = tuple(self.loader(self.constants.expression(self.unit, node)))
        elif name == "Jinja2Templates":
            self.found.is_used = True
            directory = node.keyword("directory") or (node.args[0] if node.args else None)
            folders = tuple(self.folders(directory)) if directory is not None else ()
        folder = node.keyword("template_folder")
        if folder is not None:
            folders += tuple(self.folders(folder))
        self.own_folders.extend(folders)
        if given:
            self.add(given, folders)
        for part in (node.func, node.args, node.keywords):
            self.visit(part)

    def folders(self, expr: s.Expr) -> Iterator[str]:
        yield from folders_in(self.constants.expression(self.unit, expr), self.unit.path)

    def loader(self, values: Values | tuple[Value, ...]) -> Iterator[str]:
        for value in values:
            if isinstance(value, ListValue):
                for item in value.items:
                    yield from self.loader(item)
            elif isinstance(value, CallValue):
                name = value.name.rpartition(".")[2]
                args = (*value.args, *(given for _, given in value.keywords))
                if name == "FileSystemLoader" and args:
                    yield from folders_in(args[0], self.unit.path)
                elif name == "PackageLoader" and args:
                    yield from self.package(args[0], args[1] if len(args) > 1 else (Text("templates"),))
                elif name in ("ChoiceLoader", "PrefixLoader"):
                    for arg in args:
                        yield from self.loader(arg)

    def package(self, names: Values, folders: Values) -> Iterator[str]:
        for name in names:
            unit = self.project.names.module(name.value, self.unit.path) if isinstance(name, Text) else None
            for folder in folders if unit is not None else ():
                if isinstance(folder, Text) and unit is not None:
                    yield from (PathValue(f"{unit.path.rpartition('/')[0]}/{folder.value}").path,)
