"""What every template of a request is given: by the context processors and the middleware that the settings list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.constants import DictValue, ListValue, Values, texts
from linter.project.contexts import as_context
from linter.project.flow import library
from linter.project.types import (
    BOOL,
    NEVER,
    STR,
    UNKNOWN,
    DictType,
    Instance,
    LibraryThing,
    Type,
)
from linter.project.units import ClassSymbol, FunctionSymbol

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.flow import Flow

# Django's own, by the last part of their names.
BUILTIN = {
    "auth": ("user", "perms"),
    "request": ("request",),
    "debug": ("debug", "sql_queries"),
    "i18n": ("LANGUAGES", "LANGUAGE_CODE", "LANGUAGE_BIDI"),
    "media": ("MEDIA_URL",),
    "static": ("STATIC_URL",),
    "tz": ("TIME_ZONE",),
    "csrf": ("csrf_token",),
    "messages": ("messages", "DEFAULT_MESSAGE_LEVELS"),
}
DEFAULT = ("django.contrib.auth.context_processors.auth", "django.template.context_processors.request")


def global_context(project: Project) -> DictType:
    """`csrf_token` is always there; a processor that cannot be read may give any name."""
    found = DictType((("csrf_token", STR),), values=NEVER)
    names = tuple(dict.fromkeys(_listed(project.settings.get("TEMPLATES"))))
    for name in names or DEFAULT:
        found = found.updated(_processor(project.flow, name))
    return _by_middleware(project).updated(found)


def _listed(values: Values) -> list[str]:
    """The names below every `OPTIONS: {context_processors: […]}`."""
    found: list[str] = []
    for value in values:
        if isinstance(value, ListValue):
            for item in value.items:
                found.extend(_listed(item))
        elif isinstance(value, DictValue):
            found.extend(_listed(value.get("OPTIONS") or ()))
            found.extend(text.value for text in texts(value.get("context_processors") or ()))
    return found


def _processor(flow: Flow, dotted: str) -> DictType:
    if dotted.startswith("django."):
        names = BUILTIN.get(dotted.rpartition(".")[2])
        return DictType(tuple((name, _builtin(flow, name)) for name in names), values=NEVER) if names else _OPEN
    symbol = flow.names.follow(flow.names.find(dotted))
    if not isinstance(symbol, FunctionSymbol):
        return _OPEN
    return as_context(flow.call(flow.of_symbol(symbol), library.request(flow)))


def _by_middleware(project: Project) -> DictType:
    """What `process_template_response` of the project's own middleware adds: `response.context_data["name"] = …`."""
    found = DictType(values=NEVER)
    flow = project.flow
    for setting in ("MIDDLEWARE", "MIDDLEWARE_CLASSES"):
        for name in dict.fromkeys(text.value for text in texts(project.settings.get(setting))):
            cls = flow.names.follow(flow.names.find(name))
            node = cls.member("process_template_response") if isinstance(cls, ClassSymbol) else None
            if not isinstance(cls, ClassSymbol) or not isinstance(node, s.FunctionDef):
                continue
            method = FunctionSymbol(cls.unit, node, cls)
            activation = flow.activation(method, Instance(cls))
            for store in flow.frame(method).stores:
                if store.name == "context_data" and isinstance(store.key, s.Str):
                    found = found.with_item(store.key.value, flow.value_of(store.definition, activation))
    return found


def _builtin(flow: Flow, name: str) -> Type:
    if name == "user":
        return library.user(flow)
    if name == "request":
        return library.request(flow)
    if name == "perms":
        return LibraryThing("django.contrib.auth.context_processors.PermWrapper", True)
    if name.isupper() or name == "csrf_token":
        return STR if name.endswith(("URL", "CODE", "ZONE")) or name == "csrf_token" else UNKNOWN
    return BOOL if name == "debug" else UNKNOWN


_OPEN = DictType(is_open=True)
