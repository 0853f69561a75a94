"""Mapped classes, their attributes and relationships, as SQLAlchemy's mappers would hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.project.sqlalchemy.schema import Column, MetaData, Table
from linter.project.sqlalchemy.values import NONE, Given, Made, Site, Value, flag_of, text_of
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project.sqlalchemy.annotations import Annotation

# What comes of the name or the object that a relationship is given as its other side: a mapped class, several of that name,
# no class at all, a table, nothing given; "unknown" wherever another class may be meant.
Verdict = Literal["found", "ambiguous", "missing", "table", "none", "unknown"]
# The same of `secondary`: "class" is a mapped class, which SQLAlchemy does not take.
SecondaryVerdict = Literal["found", "missing", "class", "unknown"]
Direction = Literal["one-to-many", "many-to-one", "many-to-many"]


class Declared(msgspec.Struct, frozen=True):
    """An attribute that a class gets: from its own body, or copied from that of a mixin."""

    name: str
    definer: ClassSymbol
    node: s.Stmt
    is_declared_attr: bool = False
    is_hybrid: bool = False

    @property
    def site(self) -> Site:
        """The name where it is assigned or defined."""
        at = self.node.at if isinstance(self.node, (s.Assign, s.FunctionDef, s.ClassDef)) else s.NOWHERE
        if isinstance(self.node, s.Assign):
            named = (t.at for t in self.node.targets if isinstance(t, s.Name) and t.id == self.name)
            at = next((place for place in named if place != s.NOWHERE), at)
        return Site(self.definer.unit, at, self.definer.function)


class Property(msgspec.Struct, frozen=True):
    """A mapped attribute that is neither a column nor a relationship. `kind`: `synonym`, `composite`, `column_property`,
    `hybrid_property`, `hybrid_method`, `association_proxy`, `query_expression`, …, as its maker is called."""

    key: str
    kind: str
    site: Site
    made: Made | None = None


class Special(msgspec.Struct, frozen=True):
    """`__table_args__` and its like: the value that counts for a class, and the class whose body says it."""

    name: str
    value: Value
    definer: ClassSymbol
    site: Site
    expr: s.Expr | None  # None where a function gives it


class Pair(msgspec.Struct, frozen=True):
    """A foreign column that a relationship writes, and the one whose value it gets. `…_is_remote`: it is so marked."""

    foreign: Column
    referenced: Column
    foreign_is_remote: bool = False
    referenced_is_remote: bool = False


class Relationship(msgspec.Struct, eq=False):
    """`target` is the mapped class at the other side, None where it is not known; `target_name` is how it is written.

    `given` are all its arguments by name, the positional ones too (`argument`, `secondary`); not `whole`: there may be
    others. `joined`: it says itself how to join (`primaryjoin` and the like), or may do so. One that a backref made has an
    `origin`, the one that says `backref=`, and `given` are the arguments of `backref(…)`."""

    key: str
    owner: Mapper
    site: Site
    target: Mapper | None = None
    target_name: str = ""
    secondary: Table | None = None
    has_secondary: bool = False
    joined: bool = False
    uselist: bool | None = None
    back_populates: str | None = None
    backref: str | None = None
    has_unknown_backref: bool = False  # it makes an attribute of the other side whose name is not known, or may do so
    backref_uselist: bool | None = None
    origin: Relationship | None = None
    has_remote_side: bool = False
    given: Mapping[str, Given] = msgspec.field(default_factory=dict)
    whole: bool = True
    annotation: Annotation | None = None
    declared: Declared | None = None
    verdict: Verdict = "unknown"
    secondary_verdict: SecondaryVerdict = "unknown"
    direction: Direction | None = None
    pairs: list[Pair] | None = None  # the columns that it keeps in step, None where that is not known
    foreign: list[Column] | None = None  # what `foreign_keys=` names; None where nothing does, or it was not understood
    remote: list[Column] | None = None  # what `remote_side=` names, likewise
    reverse: list[Relationship] = msgspec.field(default_factory=list)  # made by its backref

    @property
    def name(self) -> str:
        return f"{self.owner.name}.{self.key}"

    def says(self, name: str) -> bool:
        """Whether an argument is given, and not as None."""
        return name in self.given and self.given[name].value != NONE

    def flag(self, name: str, default: bool = False) -> bool | None:
        """A boolean argument; None where it is not known."""
        given = self.given.get(name)
        if given is None:
            return default if self.whole else None
        return flag_of(given.value)

    def text(self, name: str) -> str | None:
        """An argument that is a string, None where it is not given or not known."""
        given = self.given.get(name)
        return text_of(given.value) if given is not None else None

    def words(self, name: str, default: str = "") -> frozenset[str] | None:
        """The words of an argument such as `cascade` or `overlaps`; None where it is not known."""
        given = self.given.get(name)
        if given is None or given.value == NONE:
            text: str | None = default if self.whole else None
        else:
            text = text_of(given.value)
        return None if text is None else frozenset(word.strip() for word in text.split(",") if word.strip())

    @property
    def cascade(self) -> frozenset[str] | None:
        """The words of the cascade in force, `all` spelt out."""
        words = self.words("cascade", "merge" if self.flag("viewonly") else "save-update, merge")
        if words is None or "all" not in words:
            return words
        return words - {"all"} | {"save-update", "merge", "refresh-expire", "expunge", "delete"}


class Mapper(msgspec.Struct, eq=False):
    """A mapped class. `table` is None where it is not known; `open` says why it may have attributes that were not seen.

    `columns`, `relationships` and `properties` are by attribute, inherited ones and those of backrefs among them.
    `declared` tells where an attribute comes from, for the class's own and for those of its mixins. `specials` are
    `__tablename__`, `__table_args__` and `__mapper_args__`, `arguments` what the last of these says."""

    symbol: ClassSymbol
    metadata: MetaData
    table: Table | None = None
    parent: Mapper | None = None
    concrete: bool = False
    columns: dict[str, Column] = msgspec.field(default_factory=dict)
    relationships: dict[str, Relationship] = msgspec.field(default_factory=dict)
    properties: dict[str, Property] = msgspec.field(default_factory=dict)
    declared: dict[str, Declared] = msgspec.field(default_factory=dict)
    specials: dict[str, Special] = msgspec.field(default_factory=dict)
    arguments: Mapping[str, Value] = msgspec.field(default_factory=dict)
    arguments_whole: bool = True
    open: str = ""
    possible_names: set[str] = msgspec.field(default_factory=set)  # attributes that it is given under some condition
    inherits_explicitly: bool = False  # `__mapper_args__` has an inherit_condition
    is_union: bool = False  # an AbstractConcreteBase
    imperative: Site | None = None  # the call that maps it

    @property
    def name(self) -> str:
        return self.symbol.name

    @property
    def inheritance(self) -> Literal["", "single", "joined", "concrete"]:
        if self.concrete:
            return "concrete"
        if self.parent is None:
            return ""
        return "single" if self.table is self.parent.table else "joined"

    def attributes(self) -> set[str]:
        return {*self.columns, *self.relationships, *self.properties}

    def relationship(self, name: str) -> Relationship | None:
        """Its own relationship of a name, or the one that it inherits."""
        return next((part.relationships[name] for part in self.lineage() if name in part.relationships), None)

    def lineage(self) -> Iterator[Mapper]:
        """The mapper and those whose rows its own are part of."""
        mapper: Mapper | None = self
        while mapper is not None:
            yield mapper
            mapper = None if mapper.concrete else mapper.parent

    @property
    def base(self) -> Mapper:
        """The topmost mapped class that it inherits from; two sides of a relationship pair may differ below the same base."""
        return self if self.parent is None else self.parent.base

    def is_a(self, other: Mapper) -> bool:
        return any(mapper is other for mapper in self.lineage())

    def tables(self) -> list[Table | None]:
        """The tables that its rows are spread over: more than one with joined inheritance."""
        found: list[Table | None] = []
        for mapper in self.lineage():
            if mapper.table not in found:
                found.append(mapper.table)
        return found

    def attribute_of(self, column: Column) -> str | None:
        """The attribute under which a column is mapped."""
        return next((name for name, own in self.columns.items() if own is column), None)
