from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.facts import syntax as s
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.control import steps
from linter.project.imports.modules import is_test
from linter.project.scopes import Scope, functions
from linter.project.units import COMPARISONS
from linter.span import Span


class ComparisonAsStatement(Check):
    """A statement that is nothing but a comparison: `order == "updated"` where `order = "updated"` was meant.

    Python works it out and throws the answer away. The name, or the field of the row that is saved on the next line, keeps the
    value that it had. Nothing is raised.

    ## Bad

    ```python
    # file: app/views.py
    def close(request, ticket):
        ticket.status == "closed"
        ticket.save()
    ```

    ## Good

    ```python
    # file: app/views.py
    def close(request, ticket):
        ticket.status = "closed"
        ticket.save()
    ```

    ## Silent when

    - nothing can be assigned to what stands on the left: a call, a number;
    - it stands in a `try` or a `with`: it may be there for what it raises;
    - it stands in tests;
    - something in the file is no Python: `{% if kind == "text" %}` in a template for code reads like one.

    ## Fix

    Unsafe: `=` is written.
    """

    summary = "a statement that compares where it was to assign"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        unit = project.unit(path)
        if unit is None or is_test(path) or unit.module.broken:
            return
        scopes = [Scope(unit)] if COMPARISONS in bytes(unit.facts.module) else []
        if unit.bodies_holding([COMPARISONS]):
            scopes += functions(project.names, unit, (COMPARISONS,))
        for scope in scopes:
            for step in steps(scope.statements):
                node = step.node
                if isinstance(node, s.ExprStmt) and not step.caught and not step.contexts and _compares(node.value):
                    yield self.report(project, path, unit.span(node.at, scope.function))

    def report(self, project: Project, path: str, span: Span) -> Finding:
        written = project.source(path).data[span.start : span.end]
        at = written.find(b"==")
        fix = None
        if written.count(b"==") == 1:
            sign = project.place(path, Span(span.start + at, span.start + at + 2))
            fix = Fix(False, (Edit(sign, "="),), "assign it")
        return self.finding(
            project.place(path, span), "this compares, and nothing uses the answer", help="write `=`", fix=fix
        )


def _compares(value: s.Expr) -> bool:
    if not isinstance(value, s.Op) or value.op != "==" or len(value.operands) != 2:
        return False
    return isinstance(value.operands[0], (s.Name, s.Attr, s.Sub))
