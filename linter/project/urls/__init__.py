"""The names of a Django project's URL patterns.

project.urls.missing("shop:basket")  -> what of the name is nowhere, None where it is or may be
project.urls.in_code(path)           -> what a module reverses in vain
project.urls.in_template(path)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.extract.templates import bodies
from linter.facts import syntax as s
from linter.facts import template as t
from linter.project.imports.modules import is_test
from linter.project.templates.text import blanked, bytes_of
from linter.project.trace import cached_property, memo
from linter.project.units import Unit
from linter.project.urls.calls import arguments_of
from linter.project.urls.level import Level, Missing, Params, find, taken
from linter.project.urls.reading import Reading, module_of
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

_CALLS = ("reverse", "reverse_lazy", "redirect", "resolve_url")
_MODULES = ("django.urls", "django.core.urlresolvers", "django.shortcuts", "rest_framework.reverse")
_NAME = re.compile(r"[\w-]+(?::[\w-]+)*")
_COMMENTS = re.compile(r"\{#.*?#\}|\{%-?\s*comment\b.*?\{%-?\s*endcomment\s*-?%\}", re.S)


class Reversed(msgspec.Struct, frozen=True):
    """A name that is reversed, and where."""

    name: str
    span: Span
    missing: Missing


class _Reversal(msgspec.Struct, frozen=True):
    """`node` calls `last` with the name of a pattern."""

    name: str
    span: Span
    node: s.Call
    last: str


class Misfit(msgspec.Struct, frozen=True):
    """A name that is reversed with what no pattern of it takes: so many arguments, or keywords of these names."""

    name: str
    span: Span
    positional: int
    keywords: tuple[str, ...]
    taken: tuple[Params, ...]


class Urls:
    def __init__(self, project: Project) -> None:
        self.project = project
        self._reading = Reading(project)

    # --- the configuration ---

    @cached_property
    def root(self) -> Level:
        """What can be reversed without a namespace, in any of the project's configurations."""
        found = Level()
        names = {name for module in self.project.settings.modules for name in module.texts("ROOT_URLCONF")}
        names = {name for name in names if "{" not in name}  # of a project that is to be made from a template
        for name in sorted(names):
            unit = self.project.names.module(name)
            found.add(self._reading.module(unit) if unit is not None else Level(True))
        if not all(
            module.knows_all("ROOT_URLCONF") for module in self.project.settings.modules if module.get("ROOT_URLCONF")
        ):
            found.is_open = True
        if not names:
            found.is_open = True
        return found

    @cached_property
    def _elsewhere(self) -> tuple[Unit, ...]:
        """Modules with patterns that no configuration was seen to include: they may be in use all the same."""
        assert self.root
        return tuple(
            unit
            for unit in self.project.units()
            if unit.path not in self._reading.reached
            and (b"urlpatterns" in unit.facts.module or unit.mentions("get_urls"))
        )

    @memo
    def missing(self, name: str) -> Missing | None:
        found = find(self.root, name) if _NAME.fullmatch(name) else None
        if found is None or any(unit.says(found.name) for unit in self._elsewhere):
            return None
        return found

    # --- who asks ---

    def in_code(self, path: str) -> Iterator[Reversed]:
        for call in self._reversals(path):
            missing = self.missing(call.name) if call.node.keyword("urlconf") is None else None
            if missing is not None:
                yield Reversed(call.name, call.span, missing)

    def misfits_in_code(self, path: str) -> Iterator[Misfit]:
        for call in self._reversals(path):
            given = arguments_of(call.node, call.last)
            if given is not None:
                yield from self._misfit(call.name, call.span, *given)

    @memo
    def _reversals(self, path: str) -> tuple[_Reversal, ...]:
        """The calls in a module that reverse a name which they say, where nothing there waits for the error."""
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not any(map(unit.mentions, ("reverse", "redirect", "resolve_url"))):
            return ()
        return () if unit.mentions("NoReverseMatch") else tuple(self._in_unit(unit))

    def _in_unit(self, unit: Unit) -> Iterator[_Reversal]:
        for last in _CALLS:
            for call, scope in self.project.flow.calls_named(unit, last) if unit.mentions(last) else ():
                name = call.args[0] if call.args else call.keyword("viewname") or call.keyword("to")
                if isinstance(name, s.Str) and self._is_reversing(scope.unit, call.func):
                    yield _Reversal(name.value, unit.span(name.at, scope.activation.function), call, last)

    def _misfit(self, name: str, span: Span, count: int, keywords: frozenset[str]) -> Iterator[Misfit]:
        taken_by = taken(self.root, name) if _NAME.fullmatch(name) else None
        if not taken_by or any(params.accept(count, keywords) for params in taken_by):
            return
        if not any(unit.says(name.rpartition(":")[2]) for unit in self._elsewhere):
            yield Misfit(name, span, count, tuple(sorted(keywords)), tuple(sorted(taken_by, key=str)))

    @memo
    def misfits_in_template(self, path: str) -> tuple[Misfit, ...]:
        if not self._has_url_tags(path):
            return ()
        tags = list(_url_tags(self.project.templates.template(path).nodes))
        text = blanked(self.project.source(path).text, _COMMENTS)
        places = list(re.finditer(r"\{%\s*url\s+(\"[^\"]*\"|'[^']*')(?=\s)", text))
        if [name for name, _ in tags] != [match[1][1:-1] for match in places]:
            return ()  # not all that stands in the text was understood
        return tuple(
            misfit
            for (name, tag), match in zip(tags, places, strict=True)
            if not tag.binds and not (tag.keywords and len(tag.args) > 1)
            for misfit in self._misfit(
                name,
                bytes_of(text, *match.span(1)),
                len(tag.args) - 1,
                frozenset(keyword.name for keyword in tag.keywords),
            )
        )

    def _has_url_tags(self, path: str) -> bool:
        templates = self.project.templates
        if not any(link.kind == "tag" and link.name == "url" for link in templates.header(path).links):
            return False
        return not templates.is_jinja(path) and not is_test(path) and bool(templates.names.of(path))

    def _is_reversing(self, unit: Unit, func: s.Expr) -> bool:
        return module_of(self.project.names, unit, func).startswith(_MODULES)

    @memo
    def in_template(self, path: str) -> tuple[Reversed, ...]:
        if not self._has_url_tags(path):
            return ()
        tags = _url_tags(self.project.templates.template(path).nodes)
        names = dict.fromkeys(name for name, tag in tags if not tag.binds)
        wanted = [(name, missing) for name in names if (missing := self.missing(name)) is not None]
        text = blanked(self.project.source(path).text, _COMMENTS) if wanted else ""
        return tuple(Reversed(name, span, missing) for name, missing in wanted for span in _spans(text, name))


def _url_tags(nodes: tuple[t.Node, ...]) -> Iterator[tuple[str, t.Tag]]:
    """The `{% url %}` tags with literal names. What `as` binds is empty where there is no such name."""
    for node in nodes:
        if isinstance(node, t.Tag) and node.name == "url" and node.args:
            first = node.args[0]
            if isinstance(first, t.Const) and isinstance(first.value, str):
                yield first.value, node
        for block in bodies(node):
            yield from _url_tags(block)


def _spans(text: str, name: str) -> Iterator[Span]:
    for match in re.finditer(rf"\{{%\s*url\s+([\"']{re.escape(name)}[\"'])(?=\s)(.*?)%\}}", text):
        if not re.search(r"\bas\s+\w+\s*$", match[2]):
            yield bytes_of(text, *match.span(1))


__all__ = ["Misfit", "Missing", "Params", "Reversed", "Urls"]
