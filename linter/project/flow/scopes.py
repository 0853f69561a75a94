"""Where an expression stands: which reading of which code, and what the names that are bound there were given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Union

import msgspec

from linter.facts import syntax as s
from linter.project.flow.solver import Table
from linter.project.types import Type
from linter.project.units import ClassSymbol, FunctionSymbol, Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project.flow.definitions import Definition

Env = Mapping[str, "Definition"]  # never changed once made: every statement that binds makes a new one


class Written(msgspec.Struct, frozen=True):
    """An expression that has not been looked at yet: an argument of a call."""

    expr: s.Expr
    scope: Scope


Value = Union[Written, Type]


class Activation:
    """One reading of a block of code: a module, a class body, or a function for a certain receiver and certain arguments.

    `function` is the FunctionDef whose body it is or that encloses it; `touched` tells that a parameter was asked for."""

    __slots__ = ("arguments", "function", "outer", "owner", "receiver", "symbol", "touched", "unit", "values")

    def __init__(
        self,
        unit: Unit,
        function: s.FunctionDef | None = None,
        symbol: FunctionSymbol | None = None,
        owner: ClassSymbol | None = None,
        receiver: Type | None = None,
        arguments: Mapping[str, Value] | None = None,
        outer: Scope | None = None,
    ) -> None:
        self.unit = unit
        self.function = function
        self.symbol = symbol
        self.owner = owner
        self.receiver = receiver
        self.arguments: Mapping[str, Value] = arguments or {}
        self.outer = outer
        self.touched = False
        self.values = Table()


class Scope(msgspec.Struct, frozen=True):
    """A point in an activation. Compared by identity of its parts, which is what tuples of plain objects do."""

    activation: Activation
    env: Env

    @property
    def unit(self) -> Unit:
        return self.activation.unit

    def span(self, at: int) -> Span:
        """Where a record of this code stands in its file."""
        return self.activation.unit.span(at, self.activation.function)

    def bind(self, name: str, definition: Definition) -> Scope:
        return Scope(self.activation, {**self.env, name: definition})
