from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Fix, Place
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.mapping import Relationship

# What a row calls the one above it, where the column does not say so.
_UPWARD = frozenset({"parent", "manager", "supervisor", "boss", "reply_to", "in_reply_to", "replied_to"})
_ENDINGS = ("_id", "_uuid", "_pk", "_fk")


class SelfReferenceWithoutRemoteSide(Check):
    """A SQLAlchemy relationship from a row to its parent in the same table that does not say `remote_side`.

    Where both sides of a relationship are the same table, SQLAlchemy cannot tell which way it leads, and takes it for the
    one to many: `parent` is then a *list of children*. With a `children` that it is linked to, the mappers cannot be
    configured, and every mapped class of the process fails:

    ```text
    sqlalchemy.exc.ArgumentError: Node.parent and back-reference Node.children are both of the same direction <RelationshipDirection.ONETOMANY: 1>.  Did you mean to set remote_side on the many-to-one side ?
    ```

    Alone, nothing is said: `node.parent` is simply the wrong thing. `remote_side` names the column at the far end, which is
    the primary key for the relationship that leads up.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base, relationship

    Base = declarative_base()


    class Node(Base):
        __tablename__ = "nodes"

        id = Column(Integer, primary_key=True)
        parent_id = Column(ForeignKey("nodes.id"))

        parent = relationship("Node", back_populates="children")
        children = relationship("Node", back_populates="parent")
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base, relationship

    Base = declarative_base()


    class Node(Base):
        __tablename__ = "nodes"

        id = Column(Integer, primary_key=True)
        parent_id = Column(ForeignKey("nodes.id"))

        parent = relationship("Node", back_populates="children", remote_side=[id])
        children = relationship("Node", back_populates="parent")
    ```

    ## Silent when

    - the direction is not known: arguments or a `primaryjoin` were not understood;
    - the relationship is not linked to another, and its name is neither that of the foreign key's column (`parent` for
      `parent_id`) nor a word for what is above (`manager`, `reply_to`, …): it may well be meant to lead down.

    ## Fix

    `remote_side` is added, with the column that the foreign key refers to. Unsafe: what reads the list must change too.
    """

    summary = "a SQLAlchemy relationship to the parent in the same table without `remote_side`"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()  # one in a mixin is in many classes
        for relationship in project.tables.relationships_in(path):
            if not self.is_of_itself(relationship):
                continue
            other = self.of_same_direction(relationship)
            if other is not None and self.chosen(relationship, other) is not relationship:
                continue
            if other is not None or self.leads_down_by_mistake(relationship):
                place = project.tables.place(relationship.site)
                if place not in told:
                    told.add(place)
                    yield self.report(project, place, relationship, other)

    def is_of_itself(self, relationship: Relationship) -> bool:
        target = relationship.target
        return (
            relationship.direction in ("one-to-many", "many-to-one")
            and target is not None
            and target.base is relationship.owner.base
            and relationship.owner.table is target.table
        )

    def of_same_direction(self, relationship: Relationship) -> Relationship | None:
        """The other side of a pair, where both lead the same way."""
        assert relationship.target is not None
        for name, other in relationship.target.relationships.items():
            linked = relationship.text("back_populates") == name or other.text("back_populates") == relationship.key
            is_pair = linked and other.origin is None and self.is_of_itself(other)
            if is_pair and other is not relationship and other.direction == relationship.direction:
                return other
        return None

    def chosen(self, one: Relationship, other: Relationship) -> Relationship:
        """The side of a pair that is wrong: the one that should lead up if both lead down, and the other way round."""
        up = [r for r in (one, other) if self.should_lead_up(r)]
        if len(up) == 1:
            other_of = {id(one): other, id(other): one}
            return up[0] if one.direction == "one-to-many" else other_of[id(up[0])]
        return min(one, other, key=lambda r: (r.key.endswith(("s", "children")), r.site.path, r.site.at))

    def should_lead_up(self, relationship: Relationship) -> bool:
        if relationship.key in _UPWARD:
            return True
        for pair in relationship.pairs or ():
            for ending in _ENDINGS:
                if relationship.key in (pair.foreign.name.removesuffix(ending), pair.foreign.key.removesuffix(ending)):
                    return True
        annotation = relationship.annotation
        return annotation is not None and bool(annotation.target_name) and annotation.many is False

    def leads_down_by_mistake(self, relationship: Relationship) -> bool:
        is_plain = relationship.direction == "one-to-many" and not relationship.joined
        if not is_plain or relationship.flag("viewonly") is not False or not self.should_lead_up(relationship):
            return False
        assert relationship.target is not None
        other = relationship.target.relationships.get(relationship.back_populates or "")
        return other is None or not other.has_remote_side  # else it is the other one that leads up

    def report(self, project: Project, place: Place, relationship: Relationship, other: Relationship | None) -> Finding:
        runtime = ""
        down = relationship.direction == "one-to-many"
        if other is not None:
            first, second = (relationship, other) if relationship.site.at < other.site.at else (other, relationship)
            number = "ONETOMANY: 1" if down else "MANYTOONE: 2"
            runtime = (
                f"{first.name} and back-reference {second.name} are both of the same direction <RelationshipDirection."
                f"{number}>.  Did you mean to set remote_side on the many-to-one side ?"
            )
            message = f"relationship `{relationship.name}` leads the same way as `{other.name}`, its other side"
        else:
            message = (
                f"relationship `{relationship.name}` leads to the rows below: without `remote_side` it is one to many"
            )
        remote = self.remote(relationship) if down else None
        fix = None
        if remote is not None:
            edit = project.tables.added_argument(relationship.site, f"remote_side={remote}")
            fix = Fix(False, (edit,), f"add remote_side={remote}") if edit is not None else None
        help = f"say remote_side={remote}" if remote is not None else "say `remote_side` at the side that leads up only"
        return self.finding(place, message, runtime=runtime, help=help, fix=fix)

    def remote(self, relationship: Relationship) -> str | None:
        """The far end as it is written in the class's body."""
        pairs = relationship.pairs or []
        name = relationship.owner.attribute_of(pairs[0].referenced) if len(pairs) == 1 else None
        if name is None or relationship.says("remote_side"):
            return None
        declared, owner = relationship.declared, relationship.owner
        in_body = declared is not None and not declared.is_declared_attr and declared.definer is owner.symbol
        column = owner.declared.get(name)
        if in_body and column is not None and column.definer is owner.symbol and column.site.at < relationship.site.at:
            if owner.columns[name].maker:
                return f"[{name}]"
        return f'"{owner.name}.{name}"'
