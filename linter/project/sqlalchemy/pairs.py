"""Which columns a relationship keeps in step, and so its direction: what SQLAlchemy finds out when it configures it."""

from __future__ import annotations

from collections.abc import Callable

from linter.project.sqlalchemy import joins
from linter.project.sqlalchemy.mapping import Direction, Mapper, Pair, Relationship
from linter.project.sqlalchemy.schema import Column, Table
from linter.project.sqlalchemy.schema import Resolver as KeyResolver
from linter.project.sqlalchemy.targets import Equality, Resolver, Side


class Pairing:
    """`names` reads conditions, `resolve` tells where foreign keys lead, `table_of(column)` in which table one is."""

    def __init__(self, names: Resolver, resolve: KeyResolver, table_of: Callable[[Column], Table | None]) -> None:
        self.names = names
        self.resolve = resolve
        self._settled: set[int] = set()
        self._assumed: dict[tuple[int, str], Column] = {}
        self.table_of = table_of

    def settle(self, relationship: Relationship) -> None:
        """Work out a relationship's pairs and direction, and whether it gives a list; of the one behind a backref first."""
        if id(relationship) in self._settled:
            return
        self._settled.add(id(relationship))
        if relationship.origin is not None:
            self.settle(relationship.origin)
        relationship.pairs = self._pairs(relationship)
        relationship.direction = self._direction(relationship)
        if relationship.uselist in (None, True) and not relationship.says("uselist"):
            if relationship.direction is not None:
                relationship.uselist = relationship.direction != "many-to-one"

    # --- pairs ---

    def _pairs(self, relationship: Relationship) -> list[Pair] | None:
        target = relationship.target
        if target is None or (relationship.has_secondary and relationship.secondary is None):
            return None
        origin = relationship.origin
        if origin is not None and not relationship.says("primaryjoin"):
            return origin.pairs
        if relationship.says("foreign_keys") and relationship.foreign is None:
            return None
        sides = [(relationship.owner, "primaryjoin")]
        if relationship.has_secondary:
            sides.append((target, "secondaryjoin"))
        found: list[Pair] = []
        for mapper, name in sides:
            some = self._written(relationship, name) if relationship.says(name) else self._found(relationship, mapper)
            if some is None:
                return None
            found.extend(some)
        return found

    def _written(self, relationship: Relationship, name: str) -> list[Pair] | None:
        """The pairs of a `primaryjoin` or `secondaryjoin`."""
        equalities = self.names.conditions(relationship, name)
        if equalities is None:
            return None
        is_marked = any(side.foreign for equality in equalities for side in equality)
        found: list[Pair] = []
        for equality in equalities:
            foreign = self._foreign_of(equality, relationship, is_marked)
            if foreign is None:
                return None
            if isinstance(foreign, Side):
                other = equality.right if foreign is equality.left else equality.left
                found.append(Pair(foreign.column, other.column, foreign.remote, other.remote))
        return found or None

    def _foreign_of(self, equality: Equality, relationship: Relationship, is_marked: bool) -> Side | bool | None:
        """The foreign side of an equality; False where it has none, None where that is not known."""
        left, right = equality
        if is_marked:
            return left if left.foreign else right if right.foreign else False
        if relationship.foreign:
            chosen = [side for side in equality if side.column in relationship.foreign]
            return chosen[0] if len(chosen) == 1 else False if not chosen else None
        if relationship.secondary is not None:
            between = [side for side in equality if self.table_of(side.column) is relationship.secondary]
            return between[0] if len(between) == 1 else None
        for one, other in ((left, right), (right, left)):
            if self._refers(one.column, other.column):
                return one
        return None if left.column.vague or right.column.vague else False

    def _refers(self, column: Column, other: Column) -> bool:
        table = self.table_of(column)
        return table is not None and any(
            self.resolve(table, column, key).column is other for key in column.foreign_keys
        )

    def _found(self, relationship: Relationship, mapper: Mapper) -> list[Pair] | None:
        """The pairs of the foreign key between a side and the table between, or the other side."""
        middle: list[Table | None] = [relationship.secondary]
        target = relationship.target
        assert target is not None
        other = middle if relationship.has_secondary else target.tables()
        join = joins.between(mapper.tables(), other, self.resolve)
        constraints = joins.chosen(join, relationship)
        if len(constraints) != 1:
            if not constraints or not relationship.has_secondary or not join.known:
                return None
        found: list[Pair] = []
        for link in constraints[0] if constraints else ():
            referenced = self.resolve(link.table, link.column, link.key).column or self._unseen(link)
            if referenced is None:
                return None
            found.append(Pair(link.column, referenced))
        return found

    def _unseen(self, link: joins.Link) -> Column | None:
        """The column that a foreign key names, of a table whose columns were not all seen."""
        name = link.key.named(link.column)
        if not link.target.open or not name:
            return None
        column = Column(name, name, link.target.site, vague=True)
        return self._assumed.setdefault((id(link.target), name), column)

    # --- direction ---

    def _direction(self, relationship: Relationship) -> Direction | None:
        if relationship.has_secondary:
            return "many-to-many"
        if relationship.origin is not None:
            other = relationship.origin.direction
            return None if other is None else "one-to-many" if other == "many-to-one" else "many-to-one"
        if relationship.target is None or not relationship.pairs:
            return None
        local, remote = relationship.owner.tables(), relationship.target.tables()
        if None in local or None in remote:
            return None
        homes = [self.table_of(pair.foreign) for pair in relationship.pairs]
        is_here, is_there = (all(home in side for home in homes) for side in (local, remote))
        if is_here and is_there:
            return self._of_itself(relationship, relationship.pairs)
        return "many-to-one" if is_here else "one-to-many" if is_there else None

    def _of_itself(self, relationship: Relationship, pairs: list[Pair]) -> Direction | None:
        """The direction of a relationship between rows of one table: where its remote side is decides."""
        if relationship.says("remote_side"):
            if relationship.remote is None:
                return None
            up = [pair.referenced in relationship.remote for pair in pairs]
            down = [pair.foreign in relationship.remote for pair in pairs]
        else:
            up = [pair.referenced_is_remote for pair in pairs]
            down = [pair.foreign_is_remote for pair in pairs]
        if any(up):
            return None if any(down) else "many-to-one"
        return "one-to-many"
