"""Django's settings as the project's settings modules give them, read without running them.

A project has many: base, development, production, tests, examples; and any of them may be the one in use. So a setting has
alternatives (see `constants`): every value that some module, in some branch, gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.constants import (
    Constants,
    DictValue,
    Environment,
    Values,
    alternatives,
    is_complete,
    texts,
)
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, Unit, ValueSymbol, walk

if TYPE_CHECKING:
    from linter.project import Project

# A module that assigns one of these is one of Django's settings modules, or a part of one.
MARKS = frozenset({"INSTALLED_APPS", "ROOT_URLCONF", "DATABASES", "MIDDLEWARE"})

CONFIGURATION_CLASSES = ("configurations.Configuration", "configurations.base.Configuration")

_VARIABLE = "DJANGO_SETTINGS_MODULE"
_NAMES_SETTINGS = frozenset({"manage.py", "wsgi.py", "asgi.py", "celery.py", "conftest.py"})
_IN_TEXT = re.compile(rf"{_VARIABLE}\s*=\s*[\"']?([\w.]+)")


class SettingsModule:
    """One settings module (or `settings.configure(…)` call, or configuration class) with all that it ends up with."""

    def __init__(self, unit: Unit, values: Environment, own: frozenset[str]) -> None:
        self.unit = unit
        self._values = values
        self.own = own  # the names that it assigns itself, not through `from .base import *`

    def __repr__(self) -> str:
        return f"<settings {self.unit.path}>"

    @property
    def path(self) -> str:
        return self.unit.path

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._values)

    def get(self, name: str) -> Values:
        """The alternatives of a setting; () where the module gives it none."""
        return self._values.get(name, ())

    def texts(self, name: str) -> tuple[str, ...]:
        """Every string that a setting may hold, or that may stand in its list, in order."""
        return tuple(dict.fromkeys(text.value for text in texts(self.get(name))))

    def knows_all(self, name: str) -> bool:
        """Whether the setting is there and every string in its list could be read."""
        values = self.get(name)
        return bool(values) and is_complete(values)


class Settings:
    """Every settings module of the project, those that `manage.py` and its like name first."""

    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def constants(self) -> Constants:
        return Constants(self.project.names)

    @cached_property
    def databases(self) -> tuple[DictValue, ...]:
        """The options of every database that some settings module may have, as far as they are written out."""
        given = (value for module in self.modules for value in module.get("DATABASES") if isinstance(value, DictValue))
        return tuple(each for value in given for _, some in value.items for each in some if isinstance(each, DictValue))

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The modules that DJANGO_SETTINGS_MODULE names somewhere, `manage.py` first."""
        found: dict[str, int] = {}
        for path in self.project.files:
            name = path.rpartition("/")[2]
            if name in _NAMES_SETTINGS:
                unit = self.project.unit(path)
                for module in _settings_named_in(unit) if unit is not None else ():
                    found.setdefault(module, 0 if name == "manage.py" else 1)
            else:
                text = self.project.text(path)
                if text is not None and _VARIABLE in text:
                    for match in _IN_TEXT.finditer(text):
                        found.setdefault(match.group(1), 2)
        return tuple(sorted(found, key=lambda module: (found[module], module)))

    @cached_property
    def modules(self) -> tuple[SettingsModule, ...]:
        found = [*self._files(), *self._configured()]
        order = {name: index for index, name in enumerate(self.named)}
        return tuple(sorted(found, key=lambda m: (order.get(m.unit.name, len(order)), m.path)))

    def get(self, name: str) -> Values:
        """The alternatives that all settings modules together give a setting; () where none does."""
        found = [module.get(name) for module in self.modules if module.get(name)]
        return alternatives(*found) if found else ()

    def texts(self, name: str) -> tuple[str, ...]:
        """Every string that a setting may hold in some settings module, or that may stand in its list, in order."""
        return tuple(dict.fromkeys(text for module in self.modules for text in module.texts(name)))

    # --- finding them ---

    def _files(self) -> Iterator[SettingsModule]:
        known: dict[str, Unit] = {}
        derived: list[Unit] = []
        marks = [mark.encode() for mark in MARKS]
        for unit in self.project.units():
            speaks = any(mark in unit.facts.module for mark in marks)
            if not speaks and unit.name not in self.named and not unit.star_imports:
                continue
            names = unit.names
            marked = not MARKS.isdisjoint(names) and any(
                isinstance(b.node, (s.Assign, s.AugAssign)) for mark in MARKS for b in names.get(mark, ())
            )
            if marked or unit.name in self.named:
                known[unit.path] = unit
            elif unit.star_imports:
                derived.append(unit)
            for cls in unit.module.body if speaks else ():
                if isinstance(cls, s.ClassDef) and not MARKS.isdisjoint(_bound(cls.body)):
                    yield from self._of_class(unit, cls)
        grown = True
        while grown:  # `from .base import *`, some steps away from the assignment
            grown = False
            for unit in derived:
                if unit.path not in known and any(m.path in known for m in self._stars(unit)):
                    known[unit.path] = unit
                    grown = True
        for unit in known.values():
            yield SettingsModule(unit, self.constants.module(unit), frozenset(unit.names))

    def _stars(self, unit: Unit) -> Iterator[Unit]:
        for star in unit.star_imports:
            source = self.project.names.imported(unit, star)
            module = self.project.names.module(source, unit.path) if source else None
            if module is not None:
                yield module

    @memo
    def bases(self, unit: Unit) -> tuple[Unit, ...]:
        """The modules that a settings module starts from, by `from .base import *`, near ones first."""
        found: dict[Unit, None] = {}
        waiting = [unit]
        for module in waiting:
            for base in self._stars(module):
                if base not in found and base is not unit:
                    found[base] = None
                    waiting.append(base)
        return tuple(found)

    def _of_class(self, unit: Unit, node: s.ClassDef) -> Iterator[SettingsModule]:
        """A class of django-configurations, or a project's own that is like one: its attributes and properties are
        settings, inherited ones too."""
        symbol = self.project.names.class_symbol(unit, node, node.name)
        line = [
            cls
            for cls in reversed(self.project.names.mro(symbol)[0])
            if isinstance(cls, ClassSymbol) and not cls.unit.is_library
        ]
        marks = {mark for cls in line for mark in MARKS if mark in cls.names}
        if len(marks) < 2 and not self.project.names.is_subclass(symbol, *CONFIGURATION_CLASSES):
            return
        values: Environment = {}
        for cls in line:
            inherited = dict(values)
            body = self.constants.block(cls.unit, cls.node.body)
            values.update((name, found) for name, found in body.items() if name.isupper())
            for method in cls.methods:
                if method.name.isupper():
                    values[method.name] = self.constants.returned(cls.unit, method, values, inherited)
        yield SettingsModule(unit, values, frozenset(symbol.names))

    def _configured(self) -> Iterator[SettingsModule]:
        """`settings.configure(…)`, as libraries write it for their tests."""
        for unit in self.project.units():
            if b"configure" not in bytes(unit.facts.module):
                continue
            for node, _ in walk(unit.module.body):
                call = node.value if isinstance(node, s.ExprStmt) else None
                if not isinstance(call, s.Call) or not isinstance(call.func, s.Attr) or call.func.name != "configure":
                    continue
                if not self._is_settings(unit, call.func.value):
                    continue
                as_dict = self.constants.expression(
                    unit, s.Dict(tuple((s.Str(k.name) if k.name else None, k.value) for k in call.keywords))
                )
                values = {name: found for value in as_dict for name, found in getattr(value, "items", ())}
                yield SettingsModule(unit, values, frozenset(values))

    def _is_settings(self, unit: Unit, expr: s.Expr) -> bool:
        symbol = self.project.names.resolve(unit, expr)
        if isinstance(symbol, ValueSymbol):
            return symbol.unit.name == "django.conf"
        return self.project.names.name_of(symbol) == "django.conf.settings"


def _bound(block: tuple[s.Stmt, ...]) -> Iterator[str]:
    """The names that a class body assigns or defines."""
    for node in block:
        if isinstance(node, s.Assign):
            yield from (target.id for target in node.targets if isinstance(target, s.Name))
        elif isinstance(node, s.FunctionDef):
            yield node.name


def _settings_named_in(unit: Unit) -> Iterator[str]:
    """`os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")` and `os.environ["DJANGO_…"] = …`."""
    blocks = [unit.module.body]
    blocks += [unit.body(n).statements for n, _ in walk(unit.module.body) if isinstance(n, s.FunctionDef)]
    for block in blocks:
        for node, _ in walk(block):
            if isinstance(node, s.ExprStmt) and isinstance(node.value, s.Call):
                call = node.value
                if len(call.args) == 2 and call.args[0] == s.Str(_VARIABLE, getattr(call.args[0], "at", s.NOWHERE)):
                    if isinstance(call.args[1], s.Str):
                        yield call.args[1].value
            elif isinstance(node, s.Assign) and isinstance(node.value, s.Str):
                target = node.targets[0]
                if isinstance(target, s.Sub) and isinstance(target.index, s.Str) and target.index.value == _VARIABLE:
                    yield node.value.value
