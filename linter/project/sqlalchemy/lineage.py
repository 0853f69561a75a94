"""The resolution order of a class whose bases may be anything: classes, `db.Model`, what `declarative_base()` gave."""

from __future__ import annotations

from typing import NamedTuple, Union

from linter.facts import syntax as s
from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.values import Lib, Made, Member, Value
from linter.project.units import ClassSymbol

LONGEST_LINE = 50  # classes each of which is the base of the one before
DEEPEST = 20  # bases of bases that are made by calls

Element = Union[ClassSymbol, Lib, Made, Member]


class Lineage(NamedTuple):
    """`order` starts with the class itself. Not `whole`: a base was not understood at all."""

    order: tuple[Element, ...]
    whole: bool

    def classes(self) -> tuple[ClassSymbol, ...]:
        return tuple(e for e in self.order if isinstance(e, ClassSymbol))

    def strangers(self) -> list[str]:
        """The names of bases whose source was not read and of which nothing is known."""
        return [e.dotted for e in self.order if isinstance(e, Lib) and not vocabulary.is_harmless(e.dotted)]


class Lineages:
    """`values` must be set before anything is asked."""

    values: Evaluator

    def __init__(self) -> None:
        self._known: dict[ClassSymbol, Lineage] = {}
        self._kinds: dict[ClassSymbol, str] = {}
        self._depth = 0

    def of(self, symbol: ClassSymbol) -> Lineage:
        known = self._known.get(symbol)
        if known is None:
            known = self._known[symbol] = Lineage((symbol,), False)  # what a circle of bases sees
            if self._depth < LONGEST_LINE:
                self._depth += 1
                known = self._known[symbol] = self._linearised(symbol)
                self._depth -= 1
        return known

    def _linearised(self, symbol: ClassSymbol) -> Lineage:
        bases = self.bases(symbol)
        whole = None not in bases
        sequences: list[list[Element]] = []
        direct: list[Element] = []
        for base in bases:
            if base is None:
                continue
            order, known = self._behind(base)
            whole = whole and known
            sequences.append(list(order))
            direct.append(base)
        order, consistent = merged([*sequences, direct]) if len(sequences) != 1 else (tuple(sequences[0]), True)
        return Lineage((symbol, *order), whole and consistent)

    def bases(self, symbol: ClassSymbol) -> list[Element | None]:
        """The bases as they are written; None for one that was not understood."""
        scope = self.values.around(symbol)
        found: list[Element | None] = []
        for index, base in enumerate(symbol.node.bases):
            value = self.values.value(base, scope) if not isinstance(base, s.Starred) else None
            if value is symbol:  # `class Check(Check)`: the one defined before
                earlier = self.values.names.bases(symbol)
                value = self.values.of_symbol(earlier[index]) if index < len(earlier) else None
            found.extend(self._flattened(value))
        return found

    def _flattened(self, value: Value | None) -> list[Element | None]:
        if isinstance(value, Made) and value.func == Lib("six.with_metaclass"):
            return [e for a in value.arguments.positional[1:] for e in self._flattened(self.values.arg(a))]
        if isinstance(value, Lib) and value.dotted in ("builtins.object", "typing.Generic"):
            return []
        return [value if isinstance(value, (ClassSymbol, Lib, Made, Member)) else None]

    def _behind(self, base: Element, depth: int = 0) -> tuple[tuple[Element, ...], bool]:
        """A base with what is behind it: `declarative_base(cls=Common)` has `Common` behind it."""
        if isinstance(base, ClassSymbol):
            return self.of(base)
        made = base.base if isinstance(base, Member) else base
        if isinstance(made, Made):
            given = made.arguments.keywords.get("cls") or made.arguments.keywords.get("model_class")
            for inner in self._flattened(self.values.arg(given)) if given is not None else ():
                if inner is None or depth > DEEPEST:
                    return (base,), False
                order, whole = self._behind(inner, depth + 1)
                return (base, *order), whole
        return (base,), True

    def kind(self, symbol: ClassSymbol) -> str:
        """Which SQLAlchemy class a class of the project extends: a `Column`, a `MetaData`, a `SQLAlchemy` of its own."""
        known = self._kinds.get(symbol)
        if known is None:
            kinds = [vocabulary.kind(e.dotted) for e in self.of(symbol).order if isinstance(e, Lib)]
            known = self._kinds[symbol] = next((k for k in kinds if k), "")
        return known


def merged(sequences: list[list[Element]]) -> tuple[tuple[Element, ...], bool]:
    """The C3 merge, and whether an order exists; where none does Python would refuse the class."""
    found: list[Element] = []
    consistent = True
    while sequences := [q for q in sequences if q]:
        for sequence in sequences:
            head = sequence[0]
            if not any(head in q[1:] for q in sequences):
                break
        else:
            consistent = False
            head = sequences[0][0]
        found.append(head)
        for q in sequences:
            if head in q:
                q.remove(head)
    return tuple(found), consistent
