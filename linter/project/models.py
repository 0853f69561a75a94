"""Django's models as their classes declare them: fields, reverse relations, managers, names that a query accepts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Union

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.units import ClassSymbol, External, Symbol
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project


@dataclass(eq=False)
class Field:
    """One field of one model. What could not be said is None: `null`, `unique`, `column`, `related`, `choices`."""

    model: Model  # whose table holds it; a parent's in multi-table inheritance
    name: str
    type: str  # the name of the field's class
    type_symbol: ClassSymbol | External | None
    owner: ClassSymbol  # the class whose body declares it, or for which Django made it
    call: s.Call | None  # None where Django (or another field) made it
    attname: str
    column: str | None
    null: bool | None = False
    unique: bool | None = False
    primary_key: bool = False
    related: Model | None = None
    related_label: str | None = None  # also where the model itself was not read
    is_relation: bool = False
    many_to_many: bool = False
    one_to_one: bool = False
    choices: bool | None = False

    @property
    def path(self) -> str:
        return self.owner.unit.path

    @property
    def span(self) -> Span:
        if self.call is None:
            return self.owner.span
        return self.owner.unit.span(self.call.at, self.owner.function)

    @property
    def place(self) -> Place:
        """Where it is declared; only a field of the project has a place."""
        return self.model.index.project.place(self.path, self.span)


@dataclass(eq=False)
class Reverse:
    """The other end of a relation: `check.ping_set` (accessor, "" where hidden), `filter(ping__…)` (query name)."""

    accessor: str
    query_name: str
    model: Model  # whose rows come
    field: Field
    is_single: bool


@dataclass(eq=False)
class Manager:
    """`queryset_classes`: those whose methods its querysets have. `changes_rows`: its rows may carry names of their own."""

    name: str
    cls: ClassSymbol | External
    queryset_classes: tuple[ClassSymbol | External, ...] = ()
    changes_rows: bool = False


class Model:
    """A model class. `open`: names may exist that were not seen; nothing may be said to be missing from it."""

    def __init__(self, index: Models, symbol: ClassSymbol) -> None:
        self.index = index
        self.symbol = symbol

    name: str
    label: str | None  # None where abstract
    abstract: bool
    proxy: bool
    db_table: str | None
    open_reason: str
    pk: str | None
    fields: dict[str, Field]
    reverse: list[Reverse]
    managers: dict[str, Manager]
    default_manager: Manager | None

    @property
    def open(self) -> bool:
        return bool(self.open_reason)

    def lookup_names(self) -> frozenset[str]:
        """What `filter()` accepts as the first part of a name."""
        raise NotImplementedError

    def attributes(self) -> frozenset[str]:
        """What an instance can be asked for besides its fields and reverse relations."""
        raise NotImplementedError

    def member(self, name: str) -> Symbol | None:
        """The method, property or attribute of a name, along the method resolution order."""
        raise NotImplementedError

    @cached_property
    def accessors(self) -> dict[str, Reverse]:
        return {r.accessor: r for r in self.reverse if r.accessor}

    @cached_property
    def query_names(self) -> dict[str, Reverse]:
        return {r.query_name: r for r in self.reverse}


class Models:
    """Every model class of the project, and those of the libraries that it uses."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def __iter__(self) -> Iterator[Model]:
        """The project's models, by path and line."""
        raise NotImplementedError

    def by_label(self, label: str) -> Model | None:
        raise NotImplementedError

    def of(self, symbol: ClassSymbol) -> Model | None:
        raise NotImplementedError

    @property
    def user(self) -> Model | None:
        """The model that AUTH_USER_MODEL names."""
        raise NotImplementedError

    def label_of_app(self, path: str) -> str:
        raise NotImplementedError

    def reference(self, owner: Model, target: Union[s.Expr, str]) -> Model | None:
        raise NotImplementedError
