"""The names that stand in one call, each with the vocabulary that it is to be read in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from linter.facts import syntax as s
from linter.project.flow.names import is_django
from linter.project.flow.scopes import Scope
from linter.project.queries import methods
from linter.project.queries.name_lists import items
from linter.project.queries.verdicts import Vocabulary
from linter.project.types import ClassType, Function, LibraryThing

if TYPE_CHECKING:
    from linter.project.flow import Flow

STRINGS = {
    **dict.fromkeys(methods.ORDERS, Vocabulary.ORDER),
    **dict.fromkeys(methods.VALUES, Vocabulary.VALUE),
    **dict.fromkeys(methods.ONLY, Vocabulary.ONLY),
    "select_related": Vocabulary.SELECT,
}


class Written(NamedTuple):
    """A name as it stands in a call; `known` are names that the call itself makes before this one is read."""

    name: str
    at: int
    vocabulary: Vocabulary
    known: frozenset[str] = frozenset()


class Reader:
    def __init__(self, flow: Flow) -> None:
        self.flow = flow

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
            yield from self._prefetches(call, scope)
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
            elif isinstance(keyword.value, s.Dict):  # **{"name": …}
                yield from _keys(keyword.value, vocabulary)
            yield from self._expression(keyword.value, scope)

    def _get_or_create(self, call: s.Call, scope: Scope) -> Iterator[Written]:
        # What is not in `create_defaults` is only assigned to a row that is there: anything can be.
        silent = "defaults" if call.keyword("create_defaults") is not None else ""
        for keyword in call.keywords:
            if keyword.name and keyword.name == silent:
                continue
            if keyword.name in ("defaults", "create_defaults"):
                if isinstance(keyword.value, s.Dict):
                    yield from _keys(keyword.value, Vocabulary.WRITE)
                elif isinstance(keyword.value, s.Call):  # defaults=dict(name=…)
                    yield from self.keywords(keyword.value, Vocabulary.WRITE, scope)
            elif keyword.name:
                yield Written(keyword.name, keyword.at, Vocabulary.FILTER)
            elif isinstance(keyword.value, s.Dict):
                yield from _keys(keyword.value, Vocabulary.FILTER)

    def _annotations(self, call: s.Call, scope: Scope) -> Iterator[Written]:
        """The expressions that keywords give names to; a later one may use an earlier one's name."""
        earlier = frozenset(k.name for k in call.keywords if k.name)
        for keyword in call.keywords:
            for written in self._expression(keyword.value, scope):
                yield written._replace(known=earlier)

    # --- strings ------------------------------------------------------------------------------------------------------

    def _strings_and_expressions(
        self, args: tuple[s.Expr, ...], vocabulary: Vocabulary, scope: Scope
    ) -> Iterator[Written]:
        for argument in args:
            if isinstance(argument, s.Str):
                yield Written(argument.value, argument.at, vocabulary)
            elif isinstance(argument, s.Starred):
                yield from strings(argument.value, vocabulary)
            else:
                yield from self._expression(argument, scope)

    def _prefetches(self, call: s.Call, scope: Scope) -> Iterator[Written]:
        for argument in call.args:
            if isinstance(argument, s.Call) and self.django_name(argument, scope) == "Prefetch":
                argument = argument.args[0] if argument.args else argument.keyword("lookup") or s.Unknown()
            if isinstance(argument, s.Starred):
                argument = argument.value
            yield from strings(argument, Vocabulary.PREFETCH)

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

    # --- expressions --------------------------------------------------------------------------------------------------

    def conditions(self, args: tuple[s.Expr, ...], scope: Scope) -> Iterator[Written]:
        for argument in args:
            yield from self._expression(argument, scope)

    def _expression(self, expr: s.Expr, scope: Scope) -> Iterator[Written]:
        """The names inside `Q(…) | ~Q(…)`, `F("…") + 1`, `Count("…", filter=Q(…))`, `Case(When(…, then=F("…")))`."""
        stack = [expr]
        while stack:
            node = stack.pop()
            if isinstance(node, s.Op):
                stack.extend(node.operands)
            elif isinstance(node, s.Seq):
                stack.extend(item for item in node.items if isinstance(item, s.Call))
            elif isinstance(node, s.Cond):
                stack.extend((node.body, node.orelse))
            elif isinstance(node, s.Call):
                name = self.django_name(node, scope)
                if name in methods.CONDITIONS:
                    yield from self._condition(node)
                    stack.extend(k.value for k in node.keywords)
                    stack.extend(node.args)
                elif name and name not in methods.OF_OTHERS:
                    for argument in node.args[: methods.SOURCES.get(name, 0)]:
                        if isinstance(argument, s.Str):
                            yield Written(argument.value, argument.at, Vocabulary.VALUE)
                    stack.extend(a for a in node.args if not isinstance(a, s.Str))
                    stack.extend(k.value for k in node.keywords)
                elif isinstance(node.func, s.Attr) and isinstance(node.func.value, s.Call):
                    stack.append(node.func.value)  # F("…").desc()

    def _condition(self, call: s.Call) -> Iterator[Written]:
        for keyword in call.keywords:
            if keyword.name and keyword.name not in ("then", "_connector", "_negated"):
                yield Written(keyword.name, keyword.at, Vocabulary.FILTER)
            elif not keyword.name and isinstance(keyword.value, s.Dict):
                yield from _keys(keyword.value, Vocabulary.FILTER)

    def django_name(self, call: s.Call, scope: Scope) -> str:
        """The name of the expression class of Django that a call makes one of, "" for any other call."""
        if not isinstance(call.func, (s.Name, s.Attr)):
            return ""
        last = call.func.id if isinstance(call.func, s.Name) else call.func.name
        if not last[:1].isupper():
            return ""
        kind = self.flow.expression(scope, call.func)
        dotted = (
            kind.dotted
            if isinstance(kind, LibraryThing)
            else (kind.symbol.dotted if isinstance(kind, (ClassType, Function)) else "")
        )
        name = dotted.rpartition(".")[2]
        return name if is_django(dotted, "db.models", name) or is_django(dotted, "contrib.postgres", name) else ""


def _keys(expr: s.Dict, vocabulary: Vocabulary) -> Iterator[Written]:
    for key, _ in expr.items:
        if isinstance(key, s.Str):
            yield Written(key.value, key.at, vocabulary)


def strings(expr: s.Expr, vocabulary: Vocabulary) -> Iterator[Written]:
    """The names in a list of them."""
    if isinstance(expr, s.Str):
        yield Written(expr.value, expr.at, vocabulary)
    elif isinstance(expr, s.Seq):
        for item in expr.items:
            yield from strings(item, vocabulary)
    elif isinstance(expr, s.Op) and expr.op == "+":
        for operand in expr.operands:
            yield from strings(operand, vocabulary)
