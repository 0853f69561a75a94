"""Receivers that do the same job twice: one and the same function written down in two modules, both connected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations
from posixpath import basename, dirname
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.imports.modules import is_test
from linter.project.models.named import model_named
from linter.project.names import dotted
from linter.project.scopes import Scope, find_local, resolve
from linter.project.signals.receivers import Receiver
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, External, FunctionSymbol, ValueSymbol, walk

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model

# The share of equal tokens that makes two bodies alike.
ALIKE = 0.9
ALIKE_AND_NAMESAKE = 0.75
_BACKUP = re.compile(
    r"(^(copy[_ ]of|old|backup|bak)[_ ])|((^|[_. -])(backup|bak|old|orig|copy|deprecated|legacy)\d*$)|(\D2$)", re.I
)

# What many a receiver uses and what says nothing about its job.
_COMMON = re.compile(
    r"^(django\.(conf|utils|db\.transaction|dispatch|core\.cache|core\.exceptions|apps|db\.(IntegrityError|utils))|logging|typing|"
    r"datetime|builtins|functools)\b|(^|[.~])(logger|log|settings|_)$"
)


class Copy(msgspec.Struct, frozen=True):
    """`copy` does what `original` does. `certain`: the copy's module is imported when the project starts."""

    copy: Receiver
    original: Receiver
    certain: bool
    is_backup: bool


class ReceiverCopies:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    def in_file(self, path: str) -> tuple[Copy, ...]:
        return self._by_path.get(path, ())

    @cached_property
    def _by_path(self) -> dict[str, tuple[Copy, ...]]:
        found: dict[str, list[Copy]] = {}
        for copy in self._all():
            found.setdefault(copy.copy.path, []).append(copy)
        return {path: tuple(copies) for path, copies in found.items()}

    def _all(self) -> Iterator[Copy]:
        together: dict[tuple[str, str], list[Receiver]] = {}
        for receiver in self.project.receivers:
            if receiver.sender.key is not None and receiver.body is not None and not is_test(receiver.path):
                together.setdefault((receiver.signal, receiver.sender.key), []).append(receiver)
        reported: set[tuple[str, int]] = set()
        for receivers in together.values():
            for one, other in combinations(receivers, 2):
                if not self._same_job(one, other):
                    continue
                copy = self._judged(one, other)
                assert copy.copy.function is not None
                key = (copy.copy.path, copy.copy.function.node.body)
                if key not in reported:
                    reported.add(key)
                    yield copy

    def _same_job(self, one: Receiver, other: Receiver) -> bool:
        if one.path == other.path or not _same_project(self.project.modules.roots, one.path, other.path):
            return False
        if one.function is None or other.function is None or one.body is None or other.body is None:
            return False
        if not one.uid_known or not other.uid_known or (one.uid is not None and one.uid == other.uid):
            return False  # under one uid Django keeps only the first
        if (_answers(one.body) or _answers(other.body)) and self.words(one.body) != self.words(other.body):
            return False  # what they answer is their job: `return {"label": "Files"}`
        mine, theirs = self.effects(one.body), self.effects(other.body)
        if one.function.node.name == other.function.node.name:
            if self.unique_rows(one.body) & self.unique_rows(other.body):
                return True
            shared = len(mine & theirs) >= len(mine | theirs) / 2
            if self.keys(one.body) - self.keys(other.body) and self.keys(other.body) - self.keys(one.body):
                return False  # each keeps its own entry: `config["gitlab"]`, `config["github"]`
            return bool(mine) and shared and self._ratio(one.body, other.body) >= ALIKE_AND_NAMESAKE
        return bool(mine) and mine == theirs and self._ratio(one.body, other.body) >= ALIKE

    def _ratio(self, one: Scope, other: Scope) -> float:
        return SequenceMatcher(None, self.tokens(one), self.tokens(other), autojunk=False).ratio()

    @memo
    def unique_rows(self, body: Scope) -> frozenset[Model]:
        """The models of which a body makes a row that there can be only one of: whoever does that too does the same."""
        made = (creation.model for creation in self.project.creators.in_function(body))
        return frozenset(model for model in made if self.project.post_save.unique_keys(model))

    def _judged(self, one: Receiver, other: Receiver) -> Copy:
        """Which of two is the copy: the one in a backup, the one that nobody imports, the one connected later."""
        startup = self.project.startup

        def rank(receiver: Receiver) -> tuple[bool, bool, bool, str]:
            path = receiver.path
            return is_backup(path), not startup.reached(path), basename(path) != "models.py", path

        original, copy = sorted((one, other), key=rank)
        certain = startup.reached(copy.path) and startup.reached(original.path)
        return Copy(copy, original, certain, is_backup(copy.path))

    # --- what a body does ---

    @memo
    def tokens(self, body: Scope) -> tuple[str, ...]:
        """A body as a sequence in which neither the names of local variables nor the places count."""
        return tuple(self._tokens(body, body.statements, {}))

    @memo
    def effects(self, body: Scope) -> frozenset[str]:
        """What a body calls and uses of the world outside, and what it does with the objects it is handed."""
        return frozenset(t for t in self.tokens(body) if t[0] in ".:~" and not _COMMON.search(t.lstrip(":")))

    @memo
    def words(self, body: Scope) -> frozenset[str]:
        return frozenset(t for t in self.tokens(body) if t.startswith("word "))

    @memo
    def keys(self, body: Scope) -> frozenset[str]:
        """The texts under which a body looks things up."""
        return frozenset(_keys(body.statements))

    def _tokens(self, scope: Scope, node: object, local: dict[str, int]) -> Iterator[str]:
        if isinstance(node, tuple):
            for item in node:
                yield from self._tokens(scope, item, local)
        elif isinstance(node, (s.Name, s.Attr)):
            yield self._name(scope, node, local) or "expression"
            if isinstance(node, s.Attr) and dotted(node) is None:
                yield from self._tokens(scope, node.value, local)
                yield f"attribute {node.name}"
        elif isinstance(node, s.Str):
            yield from (f"word {word}" for word in re.findall(r"\w+", node.value))
        elif isinstance(node, msgspec.Struct):
            yield type(node).__name__
            for field in node.__struct_fields__:
                if field not in ("at", "local"):
                    yield from self._tokens(scope, getattr(node, field), local)
        elif node is not None:
            yield f"{type(node).__name__} {node}"

    def _name(self, scope: Scope, node: s.Name | s.Attr, local: dict[str, int]) -> str:
        """`:app.Profile` for what can be said outside, `~helper` for what the module itself defines, `.profile.save` below a
        local variable, `$0` for that itself."""
        text = dotted(node)
        if text is None:
            return ""
        model = model_named(self.project, scope, node)
        if model is not None:
            return f":{model.label or model.name}"
        root, _, rest = text.partition(".")
        symbol = self.names.follow(resolve(self.names, scope, node))
        function = scope.functions[0]
        if scope.owner is not None and function.params and root == function.params[0].name:
            owner = self.project.models.of(scope.owner)
            return f":{owner.label if owner is not None and owner.label else scope.owner.name}.{rest}"
        if find_local(scope, root) is not None and not isinstance(symbol, (ClassSymbol, FunctionSymbol, External)):
            number = local.setdefault(root, len(local))
            return f".{rest}" if rest else f"${number}"
        if isinstance(symbol, (ClassSymbol, FunctionSymbol, ValueSymbol)) and symbol.unit is scope.unit:
            return f"~{text}"
        name = self.names.name_of(symbol)
        if name:
            return f":{name}"
        head = self.names.follow(resolve(self.names, scope, s.Name(root)))
        model = model_named(self.project, scope, s.Name(root))
        if model is not None:
            return f":{model.label or model.name}.{rest}"
        return f":{self.names.name_of(head) or root}.{rest}" if rest else f":builtins.{root}"


def _answers(body: Scope) -> bool:
    """Whether a receiver gives something back to whoever sends."""
    return any(isinstance(node, s.Return) and not _is_none(node.value) for node, _ in walk(body.statements))


def _is_none(value: s.Expr | None) -> bool:
    return value is None or (isinstance(value, s.Lit) and value.value is None)


def _keys(node: object) -> Iterator[str]:
    if isinstance(node, tuple):
        for item in node:
            yield from _keys(item)
    elif isinstance(node, msgspec.Struct):
        if isinstance(node, s.Sub) and isinstance(node.index, s.Str):
            yield node.index.value
        elif (
            isinstance(node, s.Call)
            and isinstance(node.func, s.Attr)
            and node.func.name in ("get", "pop", "setdefault")
        ):
            yield from (arg.value for arg in node.args[:1] if isinstance(arg, s.Str))
        for field in node.__struct_fields__:
            yield from _keys(getattr(node, field))


def is_backup(path: str) -> bool:
    """`models_backup.py`, `signals_old.py`, `models2.py`, `old/signals.py`."""
    stem = basename(path).removesuffix(".py")
    return _BACKUP.search(stem) is not None or _BACKUP.search(basename(dirname(path))) is not None


def _same_project(roots: tuple[str, ...], one: str, other: str) -> bool:
    """Two projects in one repository may well hold the same code; one that lies inside the other is the same."""
    first, second = (next(root for root in roots if _inside(path, root)) for path in (one, other))
    return _inside(first, second) or _inside(second, first)


def _inside(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(folder + "/")
