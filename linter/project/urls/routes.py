"""What the text of a route or a regular expression takes."""

from __future__ import annotations

import re

from linter.facts import syntax as s
from linter.project.names import last_name
from linter.project.urls.level import Params

_CONVERTED = re.compile(r"<(?:[^<>:]+:)?(\w+)>")
_NAMED = re.compile(r"\(\?P<(\w+)>")
_TRANSLATING = frozenset({"_", "gettext_lazy", "ugettext_lazy", "gettext", "gettext_noop"})


def params(route: s.Expr, is_regex: bool) -> Params | None:
    """None where that is not known. Translations of a route take the same."""
    if isinstance(route, s.Call) and len(route.args) == 1 and last_name(route.func) in _TRANSLATING:
        route = route.args[0]
    if not isinstance(route, s.Str):
        return None
    return _of_regex(route.value) if is_regex else Params(frozenset(_CONVERTED.findall(route.value)))


def _of_regex(text: str) -> Params | None:
    """Of groups that all must be there; what has alternatives or other groups can be reversed in several ways."""
    plain = re.sub(r"\[\^?\]?(?:\\.|[^\]\\])*\]", "x", re.sub(r"\\.", "x", text))
    if "|" in plain or re.search(r"\)\s*[?*{]", plain):
        return None
    named = _NAMED.findall(plain)
    unnamed = len(re.findall(r"\((?!\?)", plain))
    if len(named) + unnamed != plain.count("(") or (named and unnamed):
        return None
    return Params(frozenset(named), unnamed)


def given(kwargs: s.Expr | None) -> Params | None:
    """What the dict beside a view gives it."""
    if kwargs is None:
        return Params()
    if isinstance(kwargs, s.Dict) and all(isinstance(key, s.Str) for key, _ in kwargs.items):
        return Params(given=frozenset(key.value for key, _ in kwargs.items if isinstance(key, s.Str)))
    return None
