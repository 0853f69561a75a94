"""The dotted paths in settings: those that lead to nothing in the project's own modules, and two that run together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.finding import Place
from linter.project.constants import DictValue, ListValue, Text, Value
from linter.project.imports.modules import is_test
from linter.project.settings.values import SettingsModule
from linter.project.trace import cached_property
from linter.project.units import Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

# What holds the path of a module, a class or a function: a setting, or a key somewhere in one.
# https://docs.djangoproject.com/en/5.2/ref/settings/
_HOLDS = re.compile(
    r"(INSTALLED_APPS|MIDDLEWARE|ROOT_URLCONF|WSGI_APPLICATION|ASGI_APPLICATION|DATABASE_ROUTERS|PASSWORD_HASHERS"
    r"|TEST_RUNNER|SESSION_ENGINE|SESSION_SERIALIZER|FORM_RENDERER|CSRF_FAILURE_VIEW|FILE_UPLOAD_HANDLERS|MESSAGE_STORAGE"
    r"|DEFAULT_EXCEPTION_REPORTER|DEFAULT_EXCEPTION_REPORTER_FILTER|AUTH_PASSWORD_VALIDATORS|BACKEND|ENGINE|KEY_FUNCTION"
    r"|context_processors|loaders|builtins|libraries|class|\(\)"
    r"|\w+_(CLASS|CLASSES|BACKEND|BACKENDS|ADAPTER|HANDLER|STORAGE|FINDERS|URLCONF|CALLBACK|SERIALIZER|MIDDLEWARE))$"
)
_LISTS = frozenset({"INSTALLED_APPS", "MIDDLEWARE", "AUTHENTICATION_BACKENDS", "context_processors"})
_INHERITED = frozenset({"libraries", "AUTH_PASSWORD_VALIDATORS"})  # what any key below them says
_PATH = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_LITERALS = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")


class Unresolved(msgspec.Struct, frozen=True):
    """`module` is the last part of the path that is there, `name` what it lacks; None where two paths run together."""

    path: str
    place: Place
    module: Unit | None
    name: str


class DottedPaths:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.closed = project.closed_modules

    def unresolved(self, path: str) -> tuple[Unresolved, ...]:
        found: dict[Place, Unresolved] = {}
        for module, text, key in self._written.get(path, ()):
            each = self._judged(module, text, key)
            if each is not None:
                found.setdefault(each.place, each)
        return tuple(found.values())

    @cached_property
    def _written(self) -> dict[str, list[tuple[SettingsModule, Text, str]]]:
        """The paths that settings hold, by the files that they are written in, each with the name of what holds it."""
        found: dict[str, list[tuple[SettingsModule, Text, str]]] = {}
        for module in self.project.settings.modules:
            for text, key in self._in_module(module) if not is_test(module.path) else ():
                if text.origin is not None and not is_test(text.origin.path):
                    found.setdefault(text.origin.path, []).append((module, text, key))
        return found

    def _in_module(self, module: SettingsModule) -> Iterator[tuple[Text, str]]:
        for name in module.names:
            for value in module.get(name) if name.isupper() else ():
                for text, key in _texts(value, name):
                    if text.complete and _PATH.fullmatch(text.value):
                        yield text, key

    def _judged(self, module: SettingsModule, text: Text, key: str) -> Unresolved | None:
        origin = text.origin
        assert origin is not None
        together = self._run_together(text) if key in _LISTS else None
        if together is not None:
            return Unresolved(text.value, self.project.place(origin.path, together), None, "")
        inside = self._module(module.unit, text.value)
        if inside is None:
            return None
        name = text.value[len(inside.name) + 1 :].partition(".")[0]
        if not name or not self.closed.lacks(inside, name) or self.project.models.by_label(text.value) is not None:
            return None
        return Unresolved(text.value, self.project.place(origin.path, origin.span), inside, name)

    def _module(self, settings: Unit, path: str) -> Unit | None:
        """The longest part of a path that is a module of the project, where it can be no other."""
        name = path
        while name:
            if self.project.modules.find(name, settings.path) is not None:
                found = self.closed.module(settings, name, 0)
                return found if found is not None and found.name == name else None
            name = name.rpartition(".")[0]
        return None

    def _run_together(self, text: Text) -> Span | None:
        """The first of two entries that lack a comma: `"app.first"` and, on the next line, `"app.second"`."""
        assert text.origin is not None
        span = text.origin.span
        written = self.project.source(text.origin.path).data[span.start : span.end].decode("utf-8", "replace")
        literals = list(_LITERALS.finditer(written)) if "\n" in written else []
        parts = [literal[1] or literal[2] or "" for literal in literals]
        if len(parts) < 2 or "".join(parts) != text.value or not all(_PATH.fullmatch(part) for part in parts):
            return None
        return Span(span.start, span.start + literals[0].end())


def _texts(value: Value, key: str) -> Iterator[tuple[Text, str]]:
    """The strings in a value that are paths by what holds them, each with the name of that."""
    if isinstance(value, Text):
        if _HOLDS.match(key):
            yield value, key
    elif isinstance(value, ListValue):
        for item in value.items:
            for each in item:
                yield from _texts(each, key)
    elif isinstance(value, DictValue):
        for name, values in value.items:
            for each in values:
                yield from _texts(each, key if key in _INHERITED else name)
