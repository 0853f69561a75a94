"""`clean_<field>()` of forms and `validate_<field>()` of serializers that end without giving the value back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.declarations.model_forms import is_hook
from linter.project.declarations.serializers import SERIALIZER, VALIDATE
from linter.project.names import last_name
from linter.project.trace import memo
from linter.project.units import ClassSymbol, FunctionSymbol, Unit, walk
from linter.span import Span

if TYPE_CHECKING:
    from linter.project.declarations import Declarations

# Names of functions that never come back, as far as names can tell.
_KEPT = re.compile(r"(\w+)\s*=\s*(?:[\w.()]*\.)?(?:cleaned_data\b|clean\(\))")
_RAISING = ("fail", "raise", "abort", "error", "exit")


class Forgotten(msgspec.Struct, frozen=True):
    """`field`: whose value is lost, "" where it is all of them. `always`: no path returns a value."""

    function: FunctionSymbol
    field: str
    kind: str  # "form" or "serializer"
    always: bool

    @property
    def span(self) -> Span:
        return self.function.span


class Hooks:
    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.classes = declarations.classes

    @memo
    def forgotten(self, path: str) -> tuple[Forgotten, ...]:
        unit = self.declarations.project.unit(path)
        if unit is None:
            return ()
        module = bytes(unit.facts.module)
        found: list[Forgotten] = []
        if b"clean_" in module:
            for cls in self.declarations.model_forms.forms(path):
                found.extend(self._of_form(cls))
        if b"validate" in module and b"rializer" in module:
            for cls in self.classes.declaring(unit):
                if self.classes.is_below(cls, *SERIALIZER):
                    found.extend(self._of_serializer(cls))
        return tuple(found)

    def _of_form(self, cls: ClassSymbol) -> Iterator[Forgotten]:
        forms = self.declarations.model_forms
        for name, node in forms.cleaners(cls):
            if forms.surely_has(cls, name):
                for found in self._judged(FunctionSymbol(cls.unit, node, cls), name, "form"):
                    # What no row gets matters where it is read; and nothing may be meant, on some paths.
                    if forms.is_saved(cls, name) or (found.always and self._is_read(found)):
                        yield found

    def _of_serializer(self, cls: ClassSymbol) -> Iterator[Forgotten]:
        serializers = self.declarations.serializers
        for name, bindings in cls.names.items():
            node = bindings[-1].node
            if not isinstance(node, s.FunctionDef) or not is_hook(node, 2):
                continue
            if name == "validate":
                yield from self._judged(FunctionSymbol(cls.unit, node, cls), "", "serializer")
            elif name.startswith(VALIDATE) and serializers.surely_has(cls, name[len(VALIDATE) :]):
                field = name[len(VALIDATE) :]
                yield from self._judged(FunctionSymbol(cls.unit, node, cls), field, "serializer")

    def _judged(self, function: FunctionSymbol, field: str, kind: str) -> Iterator[Forgotten]:
        if function.node.body in function.unit.bodies_with(["pop"]):
            return  # `self.cleaned_data.pop("name")`: the value is taken out on purpose
        statements = function.unit.body(function.node).statements
        nodes = [node for node, _ in walk(statements)]
        returns = [node for node in nodes if isinstance(node, s.Return)]
        if any(node.is_yield for node in returns) or not ends(statements):
            return
        gives = any(node.value is not None for node in returns)
        yield Forgotten(function, field, kind, not gives)

    def _is_read(self, forgotten: Forgotten) -> bool:
        """Whether code that speaks of `cleaned_data` takes the field from it, besides the method itself."""
        unit, own, field = forgotten.function.unit, forgotten.function.node.body, forgotten.field
        others = [u for u in self.declarations.project.units() if u is not unit and u.mentions("cleaned_data")]
        if (set(unit.bodies_with([field])) & set(unit.bodies_with(["cleaned_data"]))) - {own}:
            others.append(unit)
        return any(each.says(field) and self._takes(each, forgotten) for each in others)

    def _takes(self, unit: Unit, forgotten: Forgotten) -> bool:
        """`form.cleaned_data["name"]`, or `data.get("name")` after `data = form.cleaned_data`."""
        field, name = forgotten.field, forgotten.function.node.name
        text = self.declarations.project.source(unit.path).text
        own = re.search(rf"^([ \t]*)def {name}\(", text, re.MULTILINE)
        if own is not None:
            end = re.compile(rf"^[ \t]{{0,{len(own[1])}}}\S", re.MULTILINE).search(text, own.end())
            text = text[: own.start()] + (text[end.start() :] if end is not None else "")
        names = {"cleaned_data", *(found[1] for found in _KEPT.finditer(text))}
        taking = re.finditer(rf"(\w+)(?:\[|\.get\(|\.pop\()\s*[\"']{re.escape(field)}[\"']", text)
        return any(found[1] in names for found in taking)


def ends(block: tuple[s.Stmt, ...]) -> bool:
    """Whether control surely can run through the end of a block."""
    rows: set[str] = set()
    for node in block:
        if isinstance(node, (s.Return, s.Jump)):
            return False
        if isinstance(node, s.If) and not _passes(node, rows):
            return False
        if isinstance(node, s.Assign):
            names = {target.id for target in node.targets if isinstance(target, s.Name)}
            rows = rows | names if _is_row(node.value) else rows - names
        if isinstance(node, s.With) and not ends(node.body):
            return False
        if isinstance(node, s.Try) and not _is_survived(node):
            return False
        if isinstance(node, s.Assert) and isinstance(node.test, s.Lit):
            return False
        if isinstance(node, s.ExprStmt) and _may_raise_always(node.value):
            return False
    return True


def _is_row(value: s.Expr | None) -> bool:
    """`Book.objects.get(…)`: what is not there raises, so there is always a row, which is true."""
    if not isinstance(value, s.Call) or not isinstance(value.func, s.Attr) or value.func.name != "get":
        return False
    return last_name(value.func.value) == "objects"


def _passes(node: s.If, rows: set[str]) -> bool:
    if isinstance(node.test, s.Name) and node.test.id in rows and not node.loop:
        return ends(node.body)
    if node.loop:
        return not isinstance(node.test, s.Lit)  # `while True` ends by a `break` only
    if isinstance(node.test, s.Unknown):  # a `match`: whether its cases are all there are is not known
        return ends(node.body) and (not node.orelse or ends(node.orelse))
    return ends(node.body) or not node.orelse or ends(node.orelse)


def _is_survived(node: s.Try) -> bool:
    if node.final and not ends(node.final):
        return False
    return (ends(node.body) and ends(node.orelse)) or any(ends(handler.body) for handler in node.handlers)


def _may_raise_always(expr: s.Expr) -> bool:
    name = last_name(expr.func) if isinstance(expr, s.Call) else ""
    return name != "add_error" and any(word in name.lower() for word in _RAISING)
