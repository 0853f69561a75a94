"""Calls that wait for another machine, and whether they give up at some time."""

from __future__ import annotations

import msgspec

from linter.facts import syntax as s
from linter.project.names import Names, last_name
from linter.project.scopes import Scope, full_name
from linter.project.serving.calls import name_at
from linter.project.units import Unit

_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "request"})
_MAIL = frozenset({"send_mail", "send_mass_mail", "mail_admins", "mail_managers"})
_PACKAGES = ("requests", "httpx", "urllib", "smtplib", "django.core.mail", "send_mail", "send_mass_mail")

CALLS = ("requests", "httpx", "urlopen", "SMTP", "send_m", "mail_")  # what code that waits says where it does


class Wait(msgspec.Struct, frozen=True):
    """`name`: what is called, as its documentation calls it; `at`: where the call names it. `is_endless`: it is surely given
    no timeout, and has none of its own."""

    name: str
    is_endless: bool
    at: int


def may_wait(unit: Unit) -> bool:
    return any(unit.mentions(word) for word in _PACKAGES)


def wait(names: Names, scope: Scope, call: s.Call) -> Wait | None:
    """What a call waits for; None where it is no such call."""
    last = last_name(call.func)
    if last in _VERBS:
        return _http(names, scope, call, last)
    if last == "urlopen" and full_name(names, scope, call.func) == "urllib.request.urlopen":
        return Wait("urllib.request.urlopen", _has_no_timeout(call, 3), name_at(call))
    if last in ("SMTP", "SMTP_SSL") and full_name(names, scope, call.func) == f"smtplib.{last}":
        connects = bool(call.args) or call.keyword("host") is not None
        return Wait(f"smtplib.{last}", _has_no_timeout(call, 4), name_at(call)) if connects else None
    if last in _MAIL and full_name(names, scope, call.func).startswith("django.core.mail."):
        return Wait(last, False, name_at(call))  # the settings may have a timeout
    return None


def _http(names: Names, scope: Scope, call: s.Call, last: str) -> Wait | None:
    full = full_name(names, scope, call.func)
    if full in (f"requests.{last}", f"requests.api.{last}"):
        return Wait(f"requests.{last}", _has_no_timeout(call, 9), name_at(call))
    if full in (f"httpx.{last}", f"httpx._api.{last}"):
        return Wait(f"httpx.{last}", False, name_at(call))  # five seconds where nothing is said
    return None


def _has_no_timeout(call: s.Call, position: int) -> bool:
    return call.is_exact and call.keyword("timeout") is None and len(call.args) < position
