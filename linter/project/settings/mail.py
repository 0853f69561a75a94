"""How the settings send mail: where SMTP is chosen though nothing makes sure that its server and credentials are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.control import Step, evaluated, own, steps
from linter.project.names import dotted
from linter.project.settings.values import SettingsModule
from linter.project.trace import cached_property
from linter.project.units import Unit

if TYPE_CHECKING:
    from linter.project import Project

SMTP = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"
HOST, USER, PASSWORD = "EMAIL_HOST", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD"
_OPTIONS = {"host": HOST, "username": USER, "password": PASSWORD}  # of 6.1's MAILERS

_OF_DEVELOPERS = re.compile(
    r"(^|[/_.])(dev|devel|develop|development|local|tests?|testing|ci|examples?|sample|docker)([/_.]|$)"
)
_ABOUT_MAIL = re.compile(r"MAIL|SMTP", re.I)
_PRODUCTION = re.compile(r"DEBUG|PROD|STAG|ENVIRONMENT|TESTING|^ENV$", re.I)


class Unready(msgspec.Struct, frozen=True):
    """SMTP is chosen at `place`; `missing` are the settings that are empty when the environment says nothing, each with the
    place of its value. `can_ask`: they are names of this module that are bound before it is chosen."""

    place: Place
    missing: tuple[tuple[str, Place], ...]
    can_ask: bool


class Mail:
    def __init__(self, project: Project) -> None:
        self.project = project

    def unready(self, path: str) -> tuple[Unready, ...]:
        return self._unready.get(path, ())

    @cached_property
    def _unready(self) -> dict[str, tuple[Unready, ...]]:
        found: dict[str, tuple[Unready, ...]] = {}
        for module in self.project.settings.modules:
            if module.path in found or b"smtp.EmailBackend" not in bytes(module.unit.facts.module):
                continue
            if not _OF_DEVELOPERS.search(module.path) and not self._is_checked(module):
                found[module.path] = tuple(self._in_module(module))
        return found

    # --- what is chosen ---

    def _in_module(self, module: SettingsModule) -> Iterator[Unready]:
        unit = module.unit
        for step in steps(unit.module.body):
            node = step.node
            if not isinstance(node, s.Assign) or len(node.targets) != 1 or not isinstance(node.targets[0], s.Name):
                continue
            if not _for_production(step):
                continue
            name = node.targets[0].id
            if name == "EMAIL_BACKEND" and isinstance(node.value, s.Str) and node.value.value == SMTP:
                if self._stays(module, node.value):
                    given = {key: found for key in (HOST, USER, PASSWORD) if (found := _bound(unit, key)) is not None}
                    yield from self._judged(unit, node.value, given)
            elif name == "MAILERS" and isinstance(node.value, s.Dict):
                yield from self._mailers(unit, node.value)

    def _stays(self, module: SettingsModule, chosen: s.Str) -> bool:
        """Whether nothing further down takes the choice back."""
        origins = (getattr(value, "origin", None) for value in module.get("EMAIL_BACKEND"))
        return any(o is not None and o.unit is module.unit and o.at == chosen.at for o in origins)

    def _mailers(self, unit: Unit, mailers: s.Dict) -> Iterator[Unready]:
        for _, mailer in mailers.items:
            backend, options = _entry(mailer, "BACKEND"), _entry(mailer, "OPTIONS")
            if isinstance(backend, s.Str) and backend.value == SMTP and isinstance(options, s.Dict):
                given = {_OPTIONS[k.value]: v for k, v in options.items if isinstance(k, s.Str) and k.value in _OPTIONS}
                yield from self._judged(unit, backend, given)

    def _judged(self, unit: Unit, chosen: s.Str, given: dict[str, s.Expr]) -> Iterator[Unready]:
        host = given.get(HOST)
        if host is None or not self._may_lack(unit, host):
            return
        missing = []
        for key, value in given.items():
            read = _read(unit, value)
            if read is not None and self._is_empty_without(unit, read):
                missing.append((key, self.project.place(unit.path, unit.span(_at(read)))))
        if not missing:
            return
        place = self.project.place(unit.path, unit.span(chosen.at))
        can_ask = all(
            given.get(key) is _bound(unit, key) and self._is_before(unit, key, chosen) for key in (USER, PASSWORD)
        )
        yield Unready(place, tuple(missing), can_ask and USER in given and PASSWORD in given)

    def _is_before(self, unit: Unit, name: str, chosen: s.Str) -> bool:
        found = unit.names.get(name, ())
        return len(found) == 1 and not found[0].guard and found[0].node.at < chosen.at  # type: ignore[union-attr]

    # --- where its values come from ---

    def _may_lack(self, unit: Unit, host: s.Expr) -> bool:
        """Whether the server is one that wants credentials or may not be there: not one that runs beside the site, nor
        one that the environment must name."""
        read = _read(unit, host)
        if isinstance(read, s.Str):
            return "." in read.value and not read.value.startswith("127.")
        return read is not None and self._asks(unit, read) is not None

    def _is_empty_without(self, unit: Unit, expr: s.Expr) -> bool:
        default = self._asks(unit, expr)
        return default is not None and _is_nothing(default)

    def _asks(self, unit: Unit, expr: s.Expr) -> s.Expr | None:
        """What an expression is when the environment says nothing; None where it is not read from there, or would raise."""
        if isinstance(expr, s.Op) and expr.op == "or" and len(expr.operands) == 2:
            asked = self._asks(unit, expr.operands[0])
            return expr.operands[1] if asked is not None and _is_nothing(asked) else asked
        if not isinstance(expr, s.Call) or not expr.args or not isinstance(expr.args[0], s.Str) or not expr.is_exact:
            return None
        name = self.project.names.full_name(unit, expr.func) or dotted(expr.func) or ""
        default = expr.keyword("default") or (expr.args[1] if len(expr.args) == 2 else None)
        if name in ("os.getenv", "os.environ.get"):
            return default or s.Lit(None)
        if name.rpartition(".")[0] in ("env", "config", "environ.Env", "decouple", "environs.Env", "") or name.endswith(
            "env.str"
        ):
            return default if name.rpartition(".")[2] in ("env", "str", "config", "get") else None
        return None

    # --- what makes sure of them ---

    def _is_checked(self, module: SettingsModule) -> bool:
        """Whether some test of the module, or of one for production that starts from it, asks about mail."""
        return any(_asks_about_mail(other.unit) for other in self._deployed(module)) or any(
            "EMAIL_BACKEND" in other.unit.names or "MAILERS" in other.unit.names
            for other in self._deployed(module)
            if other.unit is not module.unit
        )

    def _deployed(self, module: SettingsModule) -> Iterator[SettingsModule]:
        for other in self.project.settings.modules:
            if other.unit is module.unit or (
                not _OF_DEVELOPERS.search(other.path) and module.unit in self.project.settings.bases(other.unit)
            ):
                yield other


def _asks_about_mail(unit: Unit) -> bool:
    tests: list[s.Expr] = []
    texts: dict[str, int] = {}
    for step in steps(unit.module.body):
        tests += [c.test for c in step.conditions]
        for expr in own(step.node):
            for part, _ in evaluated(expr):
                if isinstance(part, s.Cond):
                    tests.append(part.test)
                elif isinstance(part, s.Op) and part.op == "and":
                    tests += part.operands[:-1]
                elif isinstance(part, s.Str):
                    texts[part.value] = texts.get(part.value, 0) + 1
            if isinstance(step.node, (s.If, s.Assert)):
                tests.append(expr)
    if any(_ABOUT_MAIL.search(leaf) for test in tests for leaf in _leaves(test)):
        return True
    return any(times > 1 and _ABOUT_MAIL.search(text) and text.isupper() for text, times in texts.items())


def _for_production(step: Step) -> bool:
    """Nothing decides but which environment it is; an explicit switch for mail is a check."""
    for test, holds in step.conditions:
        leaves = list(_leaves(test))
        if not any(_PRODUCTION.search(leaf) for leaf in leaves):
            return False
        if holds and leaves == ["DEBUG"] and not isinstance(test, s.Op):
            return False
    return not step.is_fallback


def _leaves(expr: s.Expr) -> Iterator[str]:
    for part, _ in evaluated(expr):
        if isinstance(part, s.Name):
            yield part.id
        elif isinstance(part, s.Attr):
            yield part.name
        elif isinstance(part, s.Str):
            yield part.value


def _bound(unit: Unit, name: str) -> s.Expr | None:
    """The value of a name that the module binds once."""
    found = unit.names.get(name, ())
    node = found[0].node if len(found) == 1 else None
    return node.value if isinstance(node, s.Assign) else None


def _read(unit: Unit, expr: s.Expr) -> s.Expr | None:
    return _bound(unit, expr.id) if isinstance(expr, s.Name) else expr


def _entry(expr: s.Expr, key: str) -> s.Expr | None:
    items = expr.items if isinstance(expr, s.Dict) else ()
    return next((value for k, value in items if isinstance(k, s.Str) and k.value == key), None)


def _is_nothing(expr: s.Expr) -> bool:
    return (isinstance(expr, s.Lit) and expr.value is None) or (isinstance(expr, s.Str) and not expr.value)


def _at(expr: s.Expr) -> int:
    if isinstance(expr, s.Op):
        return _at(expr.operands[0])
    return getattr(expr, "at", s.NOWHERE)
