"""Texts of the environment that a setting takes for a bool, where every text but the empty one is true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.imports.modules import is_test
from linter.project.trace import cached_property, memo
from linter.project.units import Binding, Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

_READS = ("os.environ.get", "os.getenv")
NEGATIVE = ("", "0", "false", "no", "off")
_LAST_ARGUMENT = re.compile(rb"(?P<default>True|False|\"\w*\"|'\w*')\s*,?\s*(?=\)$)")


class Truthy(msgspec.Struct, frozen=True):
    """The bool `setting` is a text of the environment. `is_constant`: even its default is a text that is true.

    `default` is the place of the default, which is `fallback`; None where it is not written as a plain literal."""

    setting: str
    call: Span
    fallback: bool
    is_constant: bool
    default: Span | None


class Truthiness:
    def __init__(self, project: Project) -> None:
        self.project = project

    @memo
    def in_file(self, path: str) -> tuple[Truthy, ...]:
        unit = self.project.unit(path)
        if unit is None or is_test(path):
            return ()
        return tuple(self._found(unit))

    def _found(self, unit: Unit) -> Iterator[Truthy]:
        yield from self._among(unit, unit.names, is_module=True)
        for cls in self.project.names.classes(unit):
            if cls.function is None:
                yield from self._among(unit, cls.names, is_module=False)

    def _among(self, unit: Unit, names: dict[str, list[Binding]], is_module: bool) -> Iterator[Truthy]:
        """Classes of settings are inherited, so only what stands in `bool(…)` is sure there."""
        for name, bound in names.items():
            node = bound[0].node
            if len(bound) > 1 or not name.isupper() or not isinstance(node, s.Assign) or len(node.targets) != 1:
                continue  # bound again, perhaps to what the text means
            if not isinstance(node.targets[0], s.Name) or not isinstance(node.value, s.Call):
                continue
            inside = self._in_bool(unit, node.value)
            call = inside or node.value
            default = self._default(unit, call)
            if default is not None and (inside is not None or (is_module and self._is_read_as_bool(unit, name))):
                yield self._told(unit, name, call, default)

    def _in_bool(self, unit: Unit, call: s.Call) -> s.Call | None:
        """The call in `bool(…)`."""
        if call.func == s.Name("bool", getattr(call.func, "at", s.NOWHERE)) and "bool" not in unit.names:
            inner = call.args[0] if len(call.args) == 1 and not call.keywords else None
            return inner if isinstance(inner, s.Call) else None
        return None

    def _default(self, unit: Unit, call: s.Call) -> s.Lit | s.Str | None:
        """The default of a variable that is read, where it says that a bool is meant."""
        if len(call.args) != 2 or call.keywords or not isinstance(call.args[0], s.Str):
            return None
        default = call.args[1]
        if isinstance(default, s.Lit) and not isinstance(default.value, bool):
            return None
        if isinstance(default, s.Str) and (not default.value or default.value.lower() not in NEGATIVE):
            return None
        if not isinstance(default, (s.Lit, s.Str)) or self.project.names.full_name(unit, call.func) not in _READS:
            return None
        return default

    def _is_read_as_bool(self, unit: Unit, name: str) -> bool:
        """Whether it is one of Django's own bools, and this is what Django gets: no module that starts from this one
        makes something else of it."""
        settings = self.project.settings
        if name not in self._bools or all(module.unit is not unit for module in settings.modules):
            return False
        return not any(name in m.own and unit in settings.bases(m.unit) for m in settings.modules if m.unit is not unit)

    @cached_property
    def _bools(self) -> frozenset[str]:
        defaults = self.project.names.module("django.conf.global_settings")
        found = set()
        for name, bound in defaults.names.items() if defaults is not None else ():
            node = bound[-1].node
            if isinstance(node, s.Assign) and isinstance(node.value, s.Lit) and isinstance(node.value.value, bool):
                found.add(name)
        return frozenset(found)

    def _told(self, unit: Unit, name: str, call: s.Call, default: s.Lit | s.Str) -> Truthy:
        span = unit.span(call.at)
        text = self.project.source(unit.path).data[span.start : span.end]
        match = _LAST_ARGUMENT.search(text)
        written = Span(span.start + match.start("default"), span.start + match.end("default")) if match else None
        is_text = isinstance(default, s.Str)
        return Truthy(name, span, isinstance(default, s.Lit) and bool(default.value), is_text, written)
