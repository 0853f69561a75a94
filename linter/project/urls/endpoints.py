"""The endpoints of a Flask project: what its routes are called, blueprint by blueprint, and who asks `url_for` for them.

project.endpoints.missing("shop.basket") -> whether no route is called so, and what is; None where it is or may be
project.endpoints.in_code(path), in_template(path) -> what is asked for in vain
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.facts import template as t
from linter.project.imports.modules import is_test
from linter.project.templates.absent import COMMENTS
from linter.project.templates.text import blanked, bytes_of
from linter.project.trace import cached_property, memo
from linter.project.units import Unit
from linter.project.urls.blueprints import Blueprints, Space
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

_NAME = re.compile(r"\.?\w+(?:\.\w+)*")
# Parameters of `url_for` itself.
_OWN = frozenset({"_external", "_anchor", "_method", "_scheme", "_app", "_host"})
# Whoever catches this, or answers for what could not be built, has URLs of its own.
_ANSWERING = ("url_build_error_handlers", "handle_url_build_error", "build_error_handler")
_WORDS = ("Flask", "Blueprint", "url_for")
# Values that come from elsewhere.
_GIVING = ("url_defaults", "app_url_defaults", "url_default_functions", "inject_url_defaults")


class Absent(msgspec.Struct, frozen=True):
    """An endpoint that no route has; `known`: what could have been meant."""

    name: str
    span: Span
    known: tuple[str, ...]
    values: tuple[str, ...]


class Unfilled(msgspec.Struct, frozen=True):
    """An endpoint whose routes need values that are not given: `lacks` those of the nearest route."""

    name: str
    span: Span
    lacks: tuple[str, ...]
    values: tuple[str, ...]


class _Asked(msgspec.Struct, frozen=True):
    """`values` are None where they are not known."""

    name: str
    span: Span
    values: frozenset[str] | None


class Endpoints:
    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def blueprints(self) -> Blueprints:
        return Blueprints(self.project)

    @cached_property
    def is_used(self) -> bool:
        """Whether this is a project of Flask's, and nothing of its own stands between `url_for` and the routes."""
        importers = self.project.flow.importers
        if not importers.get("flask") and not any(
            self._is_of_flask(unit, word) for word in _WORDS for unit in importers.get(word, ())
        ):
            return False
        return not any(unit.mentions(word) for unit in self.project.units() for word in _ANSWERING)

    @cached_property
    def _is_as_in_templates(self) -> bool:
        """Whether templates have Flask's own `url_for`."""
        return not any(
            unit.says("url_for") or any(isinstance(b.node, s.FunctionDef) for b in unit.names.get("url_for", ()))
            for unit in self.project.units()
        )

    def _is_of_flask(self, unit: Unit, word: str) -> bool:
        return self.project.names.full_name(unit, s.Name(word)).startswith("flask.")

    # --- what is not there ---

    @memo
    def missing(self, name: str) -> tuple[str, ...] | None:
        """What could have been meant by an endpoint that no route has; None where one has it, or may have it."""
        if _NAME.fullmatch(name) is None or name.endswith("static"):
            return None
        space, _, last = name.rpartition(".")
        spaces = self.blueprints.spaces
        if name.startswith("."):  # of whatever blueprint answers the request
            last = name[1:]
            asked = [*spaces.values()]
        elif space:
            if space not in spaces:
                return None  # an extension may bring it
            asked = [spaces[space]]
        else:
            asked = []
        if self.blueprints.is_open or any(each.is_open for each in asked) or last in self.blueprints.loose:
            return None
        if any(last in each.routes for each in asked) or (not space and self._is_composed(last)):
            return None
        known = [f"{title}.{route}" for title, each in spaces.items() for route in each.routes]
        return (*known, *sorted(self.blueprints.loose))

    def _is_composed(self, name: str) -> bool:
        """Whether a view of a class may be called so, by a library's rule: `Basket_view`."""
        return any(name.endswith(f"_{route}") for route in self.blueprints.loose)

    @memo
    def lacking(self, name: str, values: frozenset[str]) -> tuple[str, ...]:
        """The values that the routes of an endpoint need, and that are not given: those of the nearest route."""
        space, _, last = name.rpartition(".")
        found: Space | None = self.blueprints.spaces.get(space)
        if found is None or found.is_open or self.blueprints.is_open or last in self.blueprints.loose:
            return ()
        rules = found.routes.get(last, [])
        if not rules or self._gives_values:
            return ()
        lacks: list[list[str]] = [sorted(rule.needs - values) if rule is not None else [] for rule in rules]
        nearest = min(lacks, key=len)
        return tuple(nearest)

    @cached_property
    def _gives_values(self) -> bool:
        return any(unit.mentions(word) for unit in self.project.units() for word in _GIVING)

    # --- who asks ---

    def in_code(self, path: str) -> Iterator[Absent]:
        yield from self._absent(self._asked_in_code(path))

    def in_template(self, path: str) -> Iterator[Absent]:
        yield from self._absent(self._asked_in_template(path))

    def _absent(self, asked: tuple[_Asked, ...]) -> Iterator[Absent]:
        for each in asked:
            known = self.missing(each.name)
            if known is not None:
                yield Absent(each.name, each.span, known, tuple(sorted(each.values or ())))

    def unfilled(self, path: str) -> Iterator[Unfilled]:
        asked = self._asked_in_code(path) if path.endswith(".py") else self._asked_in_template(path)
        for each in asked:
            lacks = self.lacking(each.name, each.values) if each.values is not None else ()
            if lacks and each.values is not None:
                yield Unfilled(each.name, each.span, lacks, tuple(sorted(each.values)))

    @memo
    def _asked_in_code(self, path: str) -> tuple[_Asked, ...]:
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not unit.mentions("url_for") or not self.is_used:
            return ()
        return () if unit.mentions("BuildError") else tuple(self._in_unit(unit))

    def _in_unit(self, unit: Unit) -> Iterator[_Asked]:
        for call, scope in self.project.flow.calls_named(unit, "url_for"):
            name = call.args[0] if len(call.args) == 1 else call.keyword("endpoint")
            full = self.project.names.full_name(unit, call.func)
            if isinstance(name, s.Str) and full in ("flask.url_for", "flask.helpers.url_for"):
                values = frozenset(keyword.name for keyword in call.keywords) - _OWN - {"endpoint"}
                span = unit.span(name.at, scope.activation.function)
                yield _Asked(name.value, span, values if call.is_exact else None)

    @memo
    def _asked_in_template(self, path: str) -> tuple[_Asked, ...]:
        templates = self.project.templates
        if not self.is_used or not self._is_as_in_templates or is_test(path):
            return ()
        if not templates.names.of(path) or not templates.is_jinja(path):
            return ()
        text = blanked(self.project.source(path).text, COMMENTS)
        places = list(re.finditer(r"\burl_for\(\s*(\"[^\"]*\"|'[^']*')\s*(?=[,)])", text))
        calls = list(_calls(templates.template(path).nodes)) if places else []
        wanted = {match[1][1:-1] for match in places}
        return tuple(
            _Asked(match[1][1:-1], bytes_of(text, *match.span(1)), values)
            for match in places
            if match[1][1:-1] in wanted
            for values in _values(calls, match[1][1:-1])
        )


def _values(calls: list[t.Call], name: str) -> Iterator[frozenset[str] | None]:
    """The values that the calls for one endpoint give, where they all give the same."""
    found = {
        frozenset(keyword.name for keyword in call.keywords) - _OWN if call.is_exact and len(call.args) == 1 else None
        for call in calls
        if isinstance(call.args[0], t.Const) and call.args[0].value == name
    }
    if found:
        yield found.pop() if len(found) == 1 else None


def _calls(node: object) -> Iterator[t.Call]:
    """The calls of `url_for` in a template, in any depth."""
    if isinstance(node, tuple):
        for item in node:
            yield from _calls(item)
    elif isinstance(node, msgspec.Struct):
        if isinstance(node, t.Call) and isinstance(node.func, t.Name) and node.func.id == "url_for" and node.args:
            yield node
        for name in node.__struct_fields__:
            yield from _calls(getattr(node, name))
