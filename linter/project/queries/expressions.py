"""The names inside Django's expressions: `Q(…) | ~Q(…)`, `F("…") + 1`, `Count("…", filter=Q(…))`, `Case(When(…))`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.flow.names import is_django
from linter.project.flow.scopes import Scope
from linter.project.queries import methods, steps
from linter.project.queries.verdicts import Vocabulary
from linter.project.types import ClassType, Function, LibraryThing
from linter.project.units import ClassSymbol, Symbol

if TYPE_CHECKING:
    from linter.project.flow import Flow


_OPTIONS = frozenset(
    {"then", "condition", "_connector", "_negated"}
)  # keywords of `When` and `Q` that are no conditions


class Written(msgspec.Struct, frozen=True):
    """A name as it stands in a call; `known` are names that the call itself makes before this one is read."""

    name: str
    at: int
    vocabulary: Vocabulary
    known: frozenset[str] = frozenset()


class Expressions:
    def __init__(self, flow: Flow) -> None:
        self.flow = flow

    def names(self, expr: s.Expr, scope: Scope) -> Iterator[Written]:
        """The names in an expression that is handed to a query, and asked of the model of that query."""
        stack: list[steps.Part] = [(expr, scope)]
        seen: set[str] = set()
        while stack:
            node, here = stack.pop()
            if isinstance(node, s.Call):
                yield from self._call(node, here, stack)
            elif isinstance(node, s.Name):
                if node.id not in seen:
                    seen.add(node.id)
                    stack.extend(steps.parts(node.id, here))
            else:
                stack.extend((part, here) for part in _parts(node))

    def _call(self, call: s.Call, scope: Scope, stack: list[steps.Part]) -> Iterator[Written]:
        name = self.class_name(call, scope)
        if name in methods.CONDITIONS:
            yield from self._condition(call, scope)
        elif name in methods.OF_OTHERS:
            for argument in call.args if name in methods.SUBQUERIES else ():
                yield from self._asked_of_outer(argument, scope)
            return
        elif name:
            yield from self._sources(call, name)
        elif isinstance(call.func, s.Attr):
            if _is_query(call):
                yield from self._asked_of_outer(call, scope)
            elif isinstance(call.func.value, s.Call):  # F("…").desc()
                stack.append((call.func.value, scope))
            if not isinstance(call.func.value, s.Name) or call.func.name != "reduce":
                return
        elif not (isinstance(call.func, s.Name) and call.func.id in methods.PASSING_ON):
            return
        stack.extend((argument, scope) for argument in call.args if not isinstance(argument, s.Str))
        stack.extend((keyword.value, scope) for keyword in call.keywords)

    # --- conditions ---

    def _condition(self, call: s.Call, scope: Scope) -> Iterator[Written]:
        """`Q(name=…)`, `Q(("name", …))`, `Q(**{"name": …})`, `When(name=…, then="name")`."""
        for argument in call.args:
            if isinstance(argument, s.Seq) and argument.kind == "tuple" and len(argument.items) == 2:
                yield from text(argument.items[0], Vocabulary.FILTER)
        for keyword in call.keywords:
            if keyword.name == "then":
                yield from text(keyword.value, Vocabulary.VALUE)
            elif keyword.name and keyword.name not in _OPTIONS:
                yield Written(keyword.name, keyword.at, Vocabulary.FILTER)
            elif not keyword.name:
                for name, _, _ in self.unpacked(keyword.value, Vocabulary.FILTER, scope):
                    if name.name not in _OPTIONS:
                        yield name

    def unpacked(self, expr: s.Expr, vocabulary: Vocabulary, scope: Scope) -> Iterator[tuple[Written, s.Expr, Scope]]:
        """The names in `**expr` with their values: a dict as it stands there, or one that was built in steps."""
        if isinstance(expr, s.Name):
            found = list(steps.keys(self.flow, expr.id, scope))
        else:
            found = [(*item, scope) for item in steps.written(expr)]
        for key, _, value, inside in found:
            yield from ((name, value, inside) for name in text(key, vocabulary))

    # --- other expressions ---

    def _sources(self, call: s.Call, name: str) -> Iterator[Written]:
        for argument in call.args[: methods.SOURCES.get(name, 0)]:
            yield from text(argument, Vocabulary.VALUE)
        for keyword in call.keywords:
            vocabulary = methods.SOURCE_KEYWORDS.get(keyword.name)
            if (vocabulary is not None and name in methods.SOURCES) or name == "JSONObject":
                yield from texts(keyword.value, vocabulary or Vocabulary.VALUE)
            elif keyword.name == "default" and name == "Case":
                yield from text(keyword.value, Vocabulary.VALUE)

    def _asked_of_outer(self, expr: s.Expr, scope: Scope) -> Iterator[Written]:
        """The names in `OuterRef("…")`s of a query: the query that it is handed to is asked for them."""
        node = expr
        while isinstance(node, (s.Call, s.Attr)):
            if isinstance(node, s.Call):
                stack = [*node.args, *(keyword.value for keyword in node.keywords)]
                while stack:
                    part = stack.pop()
                    if isinstance(part, s.Call) and not _is_query(part):
                        name = self.class_name(part, scope)
                        if name == "OuterRef" and part.args:
                            yield from text(part.args[0], Vocabulary.VALUE)
                        elif name and name not in methods.OF_OTHERS:
                            stack.extend((*part.args, *(keyword.value for keyword in part.keywords)))
                    else:
                        stack.extend(_parts(part))
                node = node.func
            else:
                node = node.value

    def class_name(self, call: s.Call, scope: Scope) -> str:
        """The name of the expression class of Django that a call makes one of, "" for any other call."""
        if not isinstance(call.func, (s.Name, s.Attr)):
            return ""
        last = call.func.id if isinstance(call.func, s.Name) else call.func.name
        if not last[:1].isupper():
            return ""
        kind = self.flow.expression(scope, call.func)
        if isinstance(kind, LibraryThing):
            return _of_django(kind.dotted)
        if isinstance(kind, Function):
            return _of_django(kind.symbol.dotted)
        return self._class_name(kind.symbol) if isinstance(kind, ClassType) and kind.model is None else ""

    def _class_name(self, symbol: ClassSymbol) -> str:
        """Django's class, or the nearest of them that a class of the project extends and leaves to read its arguments."""
        bases: list[Symbol] = [symbol, *self.flow.names.mro(symbol)[0][1:]]
        for cls in bases:
            dotted = cls.dotted if isinstance(cls, ClassSymbol) else ""
            found = _of_django(dotted)
            if found:
                return found
            if isinstance(cls, ClassSymbol) and ("__init__" in cls.names or "__new__" in cls.names):
                return ""
        return ""


def _of_django(dotted: str) -> str:
    name = dotted.rpartition(".")[2]
    return name if is_django(dotted, "db.models", name) or is_django(dotted, "contrib.postgres", name) else ""


def _parts(node: s.Expr) -> tuple[s.Expr, ...]:
    if isinstance(node, s.Op):
        return node.operands
    if isinstance(node, s.Seq):
        return node.items
    if isinstance(node, s.Cond):
        return node.body, node.orelse
    if isinstance(node, (s.Starred, s.Await, s.Walrus)):
        return (node.value,)
    if isinstance(node, s.Comp):
        return (node.element,)
    return tuple(value for _, value in node.items) if isinstance(node, s.Dict) else ()


def _is_query(call: s.Call) -> bool:
    """Whether a call is one of a queryset's or manager's methods, by its name."""
    return isinstance(call.func, s.Attr) and (call.func.name in methods.METHODS or call.func.name in ("all", "none"))


def text(expr: s.Expr, vocabulary: Vocabulary) -> Iterator[Written]:
    """A name that is written out, or the whole parts at the head of `f"author__{name}"`."""
    if isinstance(expr, s.Str):
        yield Written(expr.value, expr.at, vocabulary)
    elif isinstance(expr, s.FString) and expr.parts and isinstance(expr.parts[0], s.Str):
        head = "__".join(expr.parts[0].value.split("__")[:-1])  # a third underscore belongs to what follows
        if head:
            yield Written(head, expr.at, vocabulary)


def texts(expr: s.Expr, vocabulary: Vocabulary) -> Iterator[Written]:
    """The names in a list of them."""
    if isinstance(expr, (s.Str, s.FString)):
        yield from text(expr, vocabulary)
    elif isinstance(expr, s.Seq):
        for item in expr.items:
            yield from texts(item, vocabulary)
    elif isinstance(expr, s.Op) and expr.op == "+":
        for operand in expr.operands:
            yield from texts(operand, vocabulary)
