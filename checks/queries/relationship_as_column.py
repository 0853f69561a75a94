from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.facts import syntax as s
from linter.finding import Finding, Place
from linter.project import Project
from linter.project.flow.scopes import Scope
from linter.project.sqlalchemy.criteria import Element, extent
from linter.project.sqlalchemy.mapping import Relationship
from linter.project.types import NONE, Constant, Scalar, members

_COMPARED = (
    "Mapped instance expected for relationship comparison to object.   Classes, queries and other SQL elements are not "
    "accepted in this context; for comparison with a subquery, use {name}.has(**criteria)."
)
_IN = "in_() not yet supported for relationships.  For a simple many-to-one, use in_() against the set of foreign key values."
# What the attribute of a relationship has itself, whatever the class at its other side has.
_OWN = frozenset({
    "adapt_to_entity", "adapter", "all_", "allows_lambda", "and_", "any", "any_", "any_op", "asc", "between",
    "bitwise_and", "bitwise_lshift", "bitwise_not", "bitwise_or", "bitwise_rshift", "bitwise_xor", "bool_op",
    "class_", "collate", "comparator", "concat", "contains", "desc", "description", "dispatch", "distinct",
    "endswith", "entity", "expression", "extension_type", "get_history", "has", "has_op", "hasparent", "icontains",
    "iendswith", "ilike", "impl", "in_", "info", "inherit_cache", "is_", "is_aliased_class", "is_attribute",
    "is_bundle", "is_clause_element", "is_distinct_from", "is_instance", "is_mapper", "is_not",
    "is_not_distinct_from", "is_property", "is_selectable", "isnot", "isnot_distinct_from", "istartswith", "key",
    "label", "like", "mapper", "match", "not_ilike", "not_in", "not_like", "notilike", "notin_", "notlike",
    "nulls_first", "nulls_last", "nullsfirst", "nullslast", "of_type", "of_type_op", "op", "operate", "params",
    "parent", "parententity", "prop", "property", "regexp_match", "regexp_replace", "reverse_operate", "startswith",
    "target", "timetuple", "type", "unique_params", "uses_inspection",
})  # fmt: skip


class RelationshipAsColumn(Check):
    """A condition treats a relationship of a mapped class as if it were the column of its foreign key.

    A relationship is compared with a mapped object or None, and with nothing else:

    ```text
    sqlalchemy.exc.ArgumentError: Mapped instance expected for relationship comparison to object.   Classes, queries and other SQL elements are not accepted in this context; for comparison with a subquery, use Book.author.has(**criteria).
    ```

    It is in no list of keys, and has none of the columns of the class at its other side:

    ```text
    NotImplementedError: in_() not yet supported for relationships.  For a simple many-to-one, use in_() against the set of foreign key values.
    ```

    ```text
    AttributeError: Neither 'InstrumentedAttribute' object nor 'Comparator' object associated with Book.author has an attribute 'name'
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer, String, select
    from sqlalchemy.orm import declarative_base, relationship

    Base = declarative_base()


    class Author(Base):
        __tablename__ = "authors"

        id = Column(Integer, primary_key=True)
        name = Column(String(80))


    class Book(Base):
        __tablename__ = "books"

        id = Column(Integer, primary_key=True)
        author_id = Column(ForeignKey("authors.id"), index=True)
        author = relationship(Author)


    def of_first():
        return select(Book).where(Book.author == 1)
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer, String, select
    from sqlalchemy.orm import declarative_base, relationship

    Base = declarative_base()


    class Author(Base):
        __tablename__ = "authors"

        id = Column(Integer, primary_key=True)
        name = Column(String(80))


    class Book(Base):
        __tablename__ = "books"

        id = Column(Integer, primary_key=True)
        author_id = Column(ForeignKey("authors.id"), index=True)
        author = relationship(Author)


    def of_first():
        return select(Book).where(Book.author_id == 1)
    ```

    ## Silent when

    - the relationship is to many rows, or its direction was not understood;
    - what it is compared with may be an object, or is not known.

    ## Fix

    None: the column of the foreign key may be meant, or a join.
    """

    summary = "a condition that uses a relationship of a mapped class as a column"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()
        for place, finding in (*self.comparisons(project, path), *self.memberships(project, path)):
            if place not in told:
                told.add(place)
                yield finding

    def comparisons(self, project: Project, path: str) -> Iterator[tuple[Place, Finding]]:
        criteria = project.tables.criteria
        for condition in criteria.conditions(path):
            expr, scope = condition.expr, condition.scope
            if not isinstance(expr, s.Op) or len(expr.operands) != 2:
                continue
            for operand, other in (expr.operands, expr.operands[::-1]):
                found = self.single(project, operand, scope)
                is_first = operand is expr.operands[0]
                if found is not None and expr.op == "==" and self.is_no_object(project, other, scope, is_first):
                    place = project.place(path, extent(operand, scope))
                    yield place, self.report(project, place, found, _COMPARED.format(name=found.name))
                inner = self.single(project, operand.value, scope) if isinstance(operand, s.Attr) else None
                if inner is not None and isinstance(operand, s.Attr) and self.is_beyond(inner, operand.name):
                    place = project.place(path, extent(operand, scope))
                    text = f"Neither 'InstrumentedAttribute' object nor 'Comparator' object associated with {inner.name} has an attribute '{operand.name}'"
                    yield place, self.report(project, place, inner, text)

    def memberships(self, project: Project, path: str) -> Iterator[tuple[Place, Finding]]:
        unit = project.unit(path)
        if unit is None or not unit.mentions("in_"):
            return
        for call, scope in project.flow.calls_named(unit, "in_"):
            found = self.single(project, call.func.value, scope) if isinstance(call.func, s.Attr) else None
            if found is not None and isinstance(call.func, s.Attr):
                place = project.place(path, extent(call.func.value, scope))
                yield place, self.report(project, place, found, _IN)

    def single(self, project: Project, expr: s.Expr, scope: Scope) -> Relationship | None:
        """The many-to-one relationship that an expression is."""
        element: Element | None = project.tables.criteria.element(expr, scope)
        if element is None or element.mapper is None or not element.is_relationship or not isinstance(expr, s.Attr):
            return None
        found = next((r for part in element.mapper.lineage() if (r := part.relationships.get(expr.name))), None)
        return found if found is not None and found.direction == "many-to-one" and found.uselist is False else None

    def is_no_object(self, project: Project, expr: s.Expr, scope: Scope, is_second: bool) -> bool:
        """Whether a value is certainly none that a relationship can be compared with; a column is asked first itself."""
        element = project.tables.criteria.element(expr, scope)
        if element is not None:
            return (
                is_second
                and element.mapper is not None
                and not element.is_relationship
                and element.attribute is not None
            )
        found = members(project.flow.expression(scope, expr))
        return bool(found) and all(isinstance(kind, (Constant, Scalar)) and kind != NONE for kind in found)

    def is_beyond(self, relationship: Relationship, name: str) -> bool:
        """Whether a name is one of a column of the class at the other side."""
        target = relationship.target
        return target is not None and name in target.columns and name not in _OWN

    def report(self, project: Project, place: Place, found: Relationship, runtime: str) -> Finding:
        column = found.pairs[0].foreign if found.pairs and len(found.pairs) == 1 else None
        attribute = found.owner.attribute_of(column) if column is not None else None
        return self.finding(
            place,
            f"`{found.name}` is a relationship, not a column",
            runtime=runtime,
            help=f"compare `{found.owner.name}.{attribute}`, or use `has()`" if attribute else "use `has()` or a join",
        )
