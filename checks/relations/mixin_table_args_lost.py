from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.lost_args import Lost


class MixinTableArgsLost(Check):
    """A class has `__table_args__` of its own, and so loses those of its mixin or base.

    `__table_args__` is an attribute like any other: the one of the class hides that of the mixin. The constraints and indexes
    that stand there, or the schema, are not on the table, and nothing is said:

    ```text
    >>> [constraint.name for constraint in Product.__table__.constraints if constraint.name]
    ['uq_code']
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import CheckConstraint, Column, Integer, String, UniqueConstraint
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Priced:
        price = Column(Integer)
        __table_args__ = (CheckConstraint("price > 0", name="ck_price"),)


    class Product(Priced, Base):
        __tablename__ = "products"

        id = Column(Integer, primary_key=True)
        code = Column(String(20))
        __table_args__ = (UniqueConstraint("code", name="uq_code"),)
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import CheckConstraint, Column, Integer, String, UniqueConstraint
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Priced:
        price = Column(Integer)
        __table_args__ = (CheckConstraint("price > 0", name="ck_price"),)


    class Product(Priced, Base):
        __tablename__ = "products"

        id = Column(Integer, primary_key=True)
        code = Column(String(20))
        __table_args__ = (*Priced.__table_args__, UniqueConstraint("code", name="uq_code"))
    ```

    ## Silent when

    - the class takes over what the mixin says (`*Priced.__table_args__`), or repeats it;
    - what is lost is neither a constraint nor an index nor a schema, or either of the two is not written plainly;
    - the base is a mapped class with a table of its own.

    ## Fix

    None: a constraint object belongs to one table, so a mixin of several classes gives it in a `declared_attr`.
    """

    summary = "`__table_args__` of a mixin that a class hides with its own"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for lost in project.tables.lost_args.of(path):
                yield self.report(project, lost)

    def report(self, project: Project, lost: Lost) -> Finding:
        names = " and ".join(f"`{name}`" for name in lost.names)
        return self.finding(
            project.tables.place(lost.special.site),
            f"`{lost.mapper.name}` loses {names} of `{lost.base.name}`, whose `__table_args__` it hides",
            help=f"take them over: `*{lost.base.name}.__table_args__`",
            related=[Related(project.tables.place(lost.site), "they are given here")],
        )
