"""What a function surely reads of one of its parameters, whatever else it is given: `self.author.name`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.control import evaluated, leaves, own
from linter.project.lazy.loops import Chain, chains
from linter.project.trace import memo
from linter.project.units import FunctionSymbol, walk

if TYPE_CHECKING:
    from linter.project import Project


class Members:
    def __init__(self, project: Project) -> None:
        self.project = project

    @memo
    def reads(self, function: FunctionSymbol, index: int) -> tuple[Chain, ...]:
        """What running a function reads of the parameter at a position."""
        params = function.node.params
        if index >= len(params) or function.node.is_async:
            return ()
        name = params[index].name
        unread = function.unit.unread(function.node)
        if unread is not None and f"{name}.".encode() not in unread:
            return ()
        frame = self.project.flow.frame(function)
        if frame.is_generator or len(frame.definitions.get(name, ())) != 1:
            return ()
        found: list[Chain] = []
        for expr in _surely(function.unit.body(function.node).statements):
            found.extend(chains(part for part, when in evaluated(expr) if not when))
        return tuple(chain for chain in found if chain.variable == name)


def _surely(block: tuple[s.Stmt, ...]) -> Iterator[s.Expr]:
    """The expressions that are evaluated whenever a block runs."""
    for node in block:
        yield from own(node)
        if isinstance(node, s.With):
            yield from _surely(node.body)
        if isinstance(node, s.Try):
            yield from _surely(node.body)
        if leaves((node,)) or any(isinstance(each, (s.Return, s.Jump)) for each, _ in walk((node,))):
            return
