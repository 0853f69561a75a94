"""Whether a model's own `save()` hands `update_fields` on as it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.control import evaluated, own, steps
from linter.project.flow.managers import is_plain
from linter.project.units import ClassSymbol, Unit

if TYPE_CHECKING:
    from linter.project.models import Model

WORD = "update_fields"


def saves_as_told(model: Model) -> bool:
    """Whether no class of a model changes which fields are saved, as far as every `save()` between can be read."""
    order, complete = model.index.names.mro(model.symbol)
    return complete and all(
        _hands_on(cls.unit, cls.member("save"))
        for cls in order
        if isinstance(cls, ClassSymbol) and not is_plain(cls) and "save" in cls.names
    )


def _hands_on(unit: Unit, node: s.Stmt | None) -> bool:
    if not isinstance(node, s.FunctionDef):
        return False
    rest = next((param.name for param in node.params if param.kind == "**"), "")
    calls = 0
    mentions = 0
    for step in steps(unit.body(node).statements):
        for expr in own(step.node):
            for part, _ in evaluated(expr):
                mentions += _mentions(part)
                if isinstance(part, s.Call) and isinstance(part.func, s.Attr) and part.func.name == "save":
                    handed = _handed(part, rest)
                    calls += handed >= 0
                    mentions -= max(handed, 0)
        mentions += _is_changed(step.node)
    return calls > 0 and mentions == 0


def _mentions(part: s.Expr) -> bool:
    return (isinstance(part, s.Name) and part.id == WORD) or (isinstance(part, s.Str) and part.value == WORD)


def _handed(call: s.Call, rest: str) -> int:
    """How often a call of `save` mentions `update_fields` to hand it on; -1 where it does not hand it on."""
    if any(isinstance(k.value, s.Name) and not k.name and k.value.id == rest for k in call.keywords):
        return 0
    given = [*(k.value for k in call.keywords if k.name == WORD), *call.args]
    found = sum(isinstance(value, s.Name) and value.id == WORD for value in given)
    return found or -1


def _is_changed(node: s.Stmt) -> bool:
    """Whether a statement gives `update_fields` another value."""
    targets = node.targets if isinstance(node, s.Assign) else (node.target,) if isinstance(node, s.AugAssign) else ()
    return any(_mentions(part) for target in targets for part, _ in evaluated(target))
