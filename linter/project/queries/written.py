"""The names that stand in one call, each with the vocabulary that it is to be read in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.flow.scopes import Scope
from linter.project.queries import methods
from linter.project.queries.expressions import Expressions, Written, text, texts
from linter.project.queries.name_lists import items
from linter.project.queries.verdicts import Vocabulary

if TYPE_CHECKING:
    from linter.project.flow import Flow

STRINGS = {
    **dict.fromkeys(methods.ORDERS, Vocabulary.ORDER),
    **dict.fromkeys(methods.VALUES, Vocabulary.VALUE),
    **dict.fromkeys(methods.ONLY, Vocabulary.ONLY),
    "select_related": Vocabulary.SELECT,
}


class Reader:
    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.expressions = Expressions(flow)

    def names(self, call: s.Call, method: str, scope: Scope) -> Iterator[Written]:
        """The names in a call of a queryset's or manager's method."""
        if method in methods.FILTERS:
            yield from self.keywords(call, Vocabulary.FILTER, scope)
            yield from self.conditions(call.args, scope)
        elif method in methods.CREATES_OR_GETS:
            yield from self._get_or_create(call, scope)
        elif method in STRINGS:
            args = call.args[:1] if method in ("dates", "datetimes") else call.args
            yield from self._strings_and_expressions(args, STRINGS[method], scope)
            if method in methods.VALUES:
                yield from self._annotations(call, scope)
        elif method in methods.EXPRESSIONS:
            yield from self.conditions(call.args, scope)
            yield from self._annotations(call, scope)
        elif method == "prefetch_related":
            yield from self.prefetches(call.args, scope)
        elif method in ("create", "update"):
            vocabulary = Vocabulary.WRITE if method == "create" else Vocabulary.UPDATE
            yield from self.keywords(call, vocabulary, scope)
        else:
            yield from self._lists(call, method, scope)

    # --- keywords -----------------------------------------------------------------------------------------------------

    def keywords(self, call: s.Call, vocabulary: Vocabulary, scope: Scope) -> Iterator[Written]:
        for keyword in call.keywords:
            if keyword.name:
                yield Written(keyword.name, keyword.at, vocabulary)
                yield from self.expressions.names(keyword.value, scope)
            else:
                yield from self._unpacked(keyword.value, vocabulary, scope)

    def _unpacked(self, expr: s.Expr, vocabulary: Vocabulary, scope: Scope) -> Iterator[Written]:
        """`**{"name": …}`."""
        for name, value, inside in self.expressions.unpacked(expr, vocabulary, scope):
            yield name
            yield from self.expressions.names(value, inside)

    def _get_or_create(self, call: s.Call, scope: Scope) -> Iterator[Written]:
        # What is not in `create_defaults` is only assigned to a row that is there: anything can be.
        silent = "defaults" if call.keyword("create_defaults") is not None else ""
        for keyword in call.keywords:
            if keyword.name and keyword.name == silent:
                continue
            if keyword.name in methods.DEFAULTS:
                yield from self._unpacked(keyword.value, Vocabulary.WRITE, scope)
            elif keyword.name:
                yield Written(keyword.name, keyword.at, Vocabulary.FILTER)
            else:
                yield from self._get_or_create_from_dict(keyword.value, scope)

    def _get_or_create_from_dict(self, expr: s.Expr, scope: Scope) -> Iterator[Written]:
        """`**{"name": …, "defaults": {…}}`."""
        for name, value, inside in self.expressions.unpacked(expr, Vocabulary.FILTER, scope):
            if name.name not in methods.DEFAULTS:
                yield name
                yield from self.expressions.names(value, inside)
            elif name.name == "defaults":
                yield from self._unpacked(value, Vocabulary.WRITE, inside)

    def _annotations(self, call: s.Call, scope: Scope) -> Iterator[Written]:
        """The expressions that keywords give names to; a later one may use an earlier one's name."""
        earlier = frozenset(k.name for k in call.keywords if k.name)
        for keyword in call.keywords:
            if isinstance(keyword.value, s.Dict) and not keyword.name:
                earlier |= {key.value for key, _ in keyword.value.items if isinstance(key, s.Str)}
        for keyword in call.keywords:
            for written in self.expressions.names(keyword.value, scope):
                yield replace(written, known=earlier)

    # --- strings ------------------------------------------------------------------------------------------------------

    def _strings_and_expressions(
        self, args: tuple[s.Expr, ...], vocabulary: Vocabulary, scope: Scope
    ) -> Iterator[Written]:
        for argument in args:
            if isinstance(argument, (s.Str, s.FString)):
                yield from text(argument, vocabulary)
            elif isinstance(argument, s.Starred):
                yield from texts(argument.value, vocabulary)
            else:
                yield from self.expressions.names(argument, scope)

    def prefetches(self, args: tuple[s.Expr, ...], scope: Scope) -> Iterator[Written]:
        """`"name"`, `Prefetch("name", to_attr="other")`; what one of them makes, another may use."""
        made = [(arg, arg.keyword("to_attr")) for arg in args if isinstance(arg, s.Call)]
        known = frozenset(given.value for _, given in made if isinstance(given, s.Str))
        for argument in args:
            if isinstance(argument, s.Call) and self.expressions.class_name(argument, scope) == "Prefetch":
                argument = argument.args[0] if argument.args else argument.keyword("lookup") or s.Unknown()
            if isinstance(argument, s.Starred):
                argument = argument.value
            for written in texts(argument, Vocabulary.PREFETCH):
                if known.isdisjoint(written.name.split("__")):
                    yield written

    def _lists(self, call: s.Call, method: str, scope: Scope) -> Iterator[Written]:
        """`save(update_fields=…)`, `bulk_update(rows, [...])` and the like."""
        if method == "bulk_create" and call.keyword("update_conflicts") is None:
            return  # its lists mean nothing then
        for position, (name, vocabulary) in enumerate(methods.FIELD_LISTS.get(method, {}).items(), 1):
            given = call.keyword(name)
            if given is None and method == "bulk_update" and len(call.args) > position:
                given = call.args[position]
            if isinstance(given, s.Str):
                yield Written(given.value, given.at, vocabulary if method == "in_bulk" else Vocabulary.LETTERS)
            elif given is not None:
                found = items(self.flow, given, scope)
                yield from (Written(item.name, item.at, vocabulary) for item in found if item.name is not None)

    def conditions(self, args: tuple[s.Expr, ...], scope: Scope) -> Iterator[Written]:
        for argument in args:
            yield from self.expressions.names(argument, scope)
