from __future__ import annotations

import re
from collections.abc import Iterator

from linter.check import Check
from linter.facts.syntax import Lit
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.sqlalchemy.bodies import Unmapped
from linter.project.sqlalchemy.edits import span
from linter.span import Span

_ANNOTATION = re.compile(rb"[ \t]*:[ \t]*([^=#\r\n]*[^=#\s])[ \t]*(?:=|#|\r?\n|$)")


class AnnotationNotMapped(Check):
    """An attribute of a mapped class is annotated with a plain type, where SQLAlchemy 2 wants `Mapped[…]`.

    The annotations below a `DeclarativeBase` are read. One that is no `Mapped`, on a `mapped_column()`, a `relationship()`,
    or on a name without a value, keeps the module from being imported:

    ```text
    Type annotation for "User.name" can't be correctly interpreted for Annotated Declarative Table form.
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


    class Base(DeclarativeBase):
        pass


    class User(Base):
        __tablename__ = "users"

        id: Mapped[int] = mapped_column(primary_key=True)
        name: str = mapped_column()
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


    class Base(DeclarativeBase):
        pass


    class User(Base):
        __tablename__ = "users"

        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str] = mapped_column()
    ```

    ## Silent when

    - the class or one of its bases says `__allow_unmapped__ = True`, or is a dataclass;
    - the attribute is a plain `Column(…)`, a `ClassVar`, or has any other value;
    - the annotation was not understood: it may be a `Mapped` of some sort.

    ## Fix

    `Mapped[…]` is put around the type, where `Mapped` is imported.
    """

    summary = "an attribute of a mapped class annotated without `Mapped`"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for found in project.tables.bodies.unmapped(path):
                yield self.report(project, path, found)

    def report(self, project: Project, path: str, found: Unmapped) -> Finding:
        name = f"{found.mapper.name}.{found.declared.name}"
        return self.finding(
            project.tables.place(found.declared.site),
            f"the annotation of `{name}` is no `Mapped`",
            runtime=f'Type annotation for "{name}" can\'t be correctly interpreted for Annotated Declarative Table form.',
            help="write `Mapped[…]` around the type, or `ClassVar[…]` if it is no column",
            fix=self.fix(project, path, found),
        )

    def fix(self, project: Project, path: str, found: Unmapped) -> Fix | None:
        unit, value = found.declared.definer.unit, getattr(found.declared.node, "value", None)
        match = _ANNOTATION.match(project.source(path).data, span(found.declared.site).end)
        if match is None or value is None or value == Lit(None) or "Mapped" not in unit.names:
            return None
        start, end = match.span(1)
        edits = (
            Edit(project.place(path, Span(start, start)), "Mapped["),
            Edit(project.place(path, Span(end, end)), "]"),
        )
        return Fix(True, edits, "write Mapped")
