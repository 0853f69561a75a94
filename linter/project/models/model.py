"""A Django model and its parts, as the rest of ormlint sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.models.arguments import Argument, Unsaid, is_none
from linter.project.models.class_body import Declared
from linter.project.models.field_classes import FieldClass
from linter.project.models.meta import Meta, own_meta
from linter.project.trace import cached_property
from linter.project.units import ClassSymbol, External, Symbol
from linter.span import Span

if TYPE_CHECKING:
    from linter.project.models.apps import App
    from linter.project.models.assembly import Assembly
    from linter.project.models.index import Models
    from linter.project.models.uniqueness import Uniqueness


class Field(msgspec.Struct, eq=False):
    """One field of one model. What could not be said is None: `null`, `unique`, `column`, `related`, `choices`."""

    model: Model  # whose table holds it; a parent's in multi-table inheritance
    name: str
    field_class: FieldClass
    owner: ClassSymbol  # the class whose body declares it, or for which Django made it
    declared: Declared | None  # None where Django made it
    attname: str
    column: str | None
    null: bool | None = False
    unique: bool | None = False
    primary_key: bool = False
    related: Model | None = None
    related_label: str | None = None  # also where the model itself was not read
    is_parent_link: bool = False
    inherits_relation: bool = False  # a generic relation that a multi-table parent declares

    @property
    def type(self) -> str:
        return self.field_class.name

    @property
    def is_type_sure(self) -> bool:
        """Whether its class is known: that of an automatic key may depend on the version of Django, and a base that depends
        on a condition may bring another field of the same name."""
        for cls in self.model.assembly.others:
            other = self.model.index.of(cls)
            known = other.fields.get(self.name) if other is not None else None
            if known is not None and known.type != self.type:
                return False
        if self.declared is not None or not self.primary_key or self.one_to_one:
            return True
        return self.model.index.apps.is_auto_field_sure(self.model.app)

    @property
    def type_symbol(self) -> ClassSymbol | External:
        return self.field_class.symbol

    @property
    def is_relation(self) -> bool:
        return self.field_class.is_relation

    @property
    def many_to_many(self) -> bool:
        return self.field_class.kind == "many_to_many"

    @property
    def one_to_one(self) -> bool:
        return self.field_class.kind == "one_to_one"

    @property
    def is_generic(self) -> bool:
        """A GenericForeignKey: an attribute, but no name that a query takes."""
        return self.field_class.kind == "generic_foreign_key"

    @property
    def call(self) -> s.Call | None:
        """The call that makes it; None where Django or another field does."""
        return self.declared.call if self.declared is not None else None

    def option(self, name: str) -> Argument | Unsaid | None:
        """An argument that its class gets in the end, whoever gives it; None where nobody does."""
        return self.declared.options.get(name) if self.declared is not None else None

    @property
    def choices(self) -> bool | None:
        found = self.option("choices")
        if isinstance(found, Unsaid):
            return None
        return found is not None and not is_none(found)

    @property
    def path(self) -> str:
        return self.owner.unit.path

    @property
    def span(self) -> Span:
        if self.declared is None or self.declared.unit is not self.owner.unit or self.declared.added_by is not None:
            return self.owner.span
        return self.owner.unit.span(self.declared.call.at, self.owner.function)

    @property
    def place(self) -> Place:
        """Where it is declared; only a field of the project has a place."""
        return self.model.index.project.place(self.path, self.span)


class Reverse(msgspec.Struct, eq=False):
    """The other end of a relation: `check.ping_set` (accessor, "" where hidden), `filter(ping__…)` (query name)."""

    accessor: str
    query_name: str
    model: Model  # whose rows come
    field: Field
    is_single: bool


class Manager(msgspec.Struct, eq=False):
    """`queryset_classes`: those whose methods its querysets have. `changes_rows`: its rows may carry names of their own."""

    name: str
    cls: ClassSymbol | External
    queryset_classes: tuple[ClassSymbol | External, ...] = ()
    changes_rows: bool = False


class Model:
    """A model class. `open`: names may exist that were not seen; nothing may be said to be missing from it."""

    is_historical = False  # one that migrations know, not one of today

    def __init__(self, index: Models, symbol: ClassSymbol) -> None:
        self.index = index
        self.symbol = symbol
        self.name = symbol.name

    def __repr__(self) -> str:
        return f"<model {self.label or self.symbol.dotted}>"

    # --- what it is ---

    @cached_property
    def meta(self) -> Meta:
        return own_meta(self.index.names, self.symbol) or self._inherited_meta()

    def _inherited_meta(self) -> Meta:
        """An abstract base hands its Meta down, and so does a mixin; a concrete model keeps its own to itself."""
        names = self.index.names
        for cls in names.mro(self.symbol)[0][1:]:
            if isinstance(cls, ClassSymbol) and cls.member("Meta") is not None:
                found = own_meta(names, cls)
                base = self.index.of(cls)
                if found is not None and (base is None or base.abstract):
                    return Meta(names, found.symbol, False, found.is_whole)
        return Meta(names, None, False)

    @cached_property
    def abstract(self) -> bool:
        return self.meta.abstract

    @cached_property
    def proxy(self) -> bool:
        return self.meta.flag("proxy")

    @cached_property
    def app(self) -> App:
        return self.index.apps.of(self.symbol.unit)

    @cached_property
    def app_label(self) -> str:
        return self.meta_text("app_label") or self.app.label

    @property
    def label(self) -> str | None:
        return None if self.abstract else f"{self.app_label}.{self.name}"

    @property
    def model_name(self) -> str:
        return self.name.lower()

    def meta_text(self, option: str) -> str | None:
        found = self.meta.option(option)
        return self.index.text(found) if found is not None else None

    @cached_property
    def swapped(self) -> bool:
        """Whether a setting puts another model into its place."""
        setting = self.meta_text("swappable")
        if setting is None or self.label is None:
            return False
        chosen = self.index.project.settings.texts(setting)
        return bool(chosen) and self.label.lower() not in [label.lower() for label in chosen]

    @cached_property
    def registered(self) -> bool:
        """Whether Django knows it: it stands in an installed app, and not in its tests or migrations."""
        return not self.abstract and not self.swapped and self.index.is_registered(self)

    @cached_property
    def db_table(self) -> str | None:
        if self.abstract:
            return None
        if self.concrete is not self:
            return self.concrete.db_table
        given = self.meta.option("db_table")
        if given is not None:
            text = self.index.text(given) or self.index.table_read(given)
            if text != "":
                return text
        return f"{self.app_label}_{self.model_name}"

    # --- its fields ---

    @cached_property
    def assembly(self) -> Assembly:
        from linter.project.models.assembly import assemble

        return assemble(self)

    @property
    def concrete(self) -> Model:
        """The model whose table it uses: itself, but for a proxy."""
        return self.assembly.concrete

    @cached_property
    def fields(self) -> dict[str, Field]:
        """By name, inherited and implicit ones included."""
        found: dict[str, Field] = {}
        for parent, _ in self.assembly.parents:
            found.update(parent.fields)
        found.update(self.assembly.local)
        return found

    @property
    def pk(self) -> str | None:
        return self.assembly.pk

    @cached_property
    def uniqueness(self) -> Uniqueness:
        """Which of its fields no two rows share."""
        from linter.project.models.uniqueness import uniqueness

        return uniqueness(self)

    # --- relations to it ---

    @cached_property
    def reverse(self) -> list[Reverse]:
        return self.index.relations.of(self)

    @cached_property
    def accessors(self) -> dict[str, Reverse]:
        return {r.accessor: r for r in self.reverse if r.accessor}

    @cached_property
    def query_names(self) -> dict[str, Reverse]:
        return {r.query_name: r for r in self.reverse}

    # --- managers ---

    @cached_property
    def managers(self) -> dict[str, Manager]:
        from linter.project.models.managers import managers

        return managers(self)

    @cached_property
    def default_manager(self) -> Manager | None:
        name = self.meta_text("default_manager_name")
        if name is not None:
            return self.managers.get(name)
        return next(iter(self.managers.values()), None)

    # --- names ---

    @cached_property
    def open_reason(self) -> str:
        """Why names may exist that were not seen, "" where all were."""
        return self.assembly.open_reason or self.index.relations.open_reason(self)

    @property
    def open(self) -> bool:
        return bool(self.open_reason)

    @cached_property
    def _lookup_names(self) -> frozenset[str]:
        if self.abstract:
            return frozenset()
        found = {"pk"}
        for field in self.fields.values():
            if not field.is_generic:
                found.update((field.name, field.attname))
        found.update(r.query_name for r in self.reverse if not r.query_name.endswith("+"))
        return frozenset(found)

    def lookup_names(self) -> frozenset[str]:
        """What `filter()` accepts as the first part of a name."""
        return self._lookup_names

    @cached_property
    def possible_names(self) -> frozenset[str]:
        """Names that it has under some settings: relations from apps that are not installed, from tests, …"""
        return self.index.relations.possible(self)

    def lacks_lookup(self, name: str) -> bool:
        """Whether it is sure that `filter(<name>=…)` cannot be."""
        return not self.open and name not in self._lookup_names and name not in self.possible_names

    @cached_property
    def _attributes(self) -> frozenset[str]:
        from linter.project.models.attributes import attributes

        return attributes(self)

    def attributes(self) -> frozenset[str]:
        """What an instance can be asked for besides its fields and reverse relations: methods, properties, attributes of
        its classes and of `self`, what fields and Django put there."""
        return self._attributes

    @cached_property
    def has_open_attributes(self) -> bool:
        """Whether an instance may have attributes that were not seen, though its fields may all be known."""
        from linter.project.models.attributes import are_open

        return self.open or are_open(self)

    def has_attribute(self, name: str) -> bool:
        """Whether an instance has an attribute, as far as the class can tell."""
        return (
            name in self.fields
            or name in self._attributes
            or name in self.accessors
            or any(field.attname == name for field in self.fields.values())
        )

    def lacks_attribute(self, name: str) -> bool:
        """Whether it is sure that an instance has no such attribute (but for what is put on that very instance)."""
        return not self.has_open_attributes and not self.has_attribute(name) and name not in self.possible_names

    def member(self, name: str) -> Symbol | None:
        """The method, property or attribute of a name, along the method resolution order."""
        return self.index.names.attribute(self.symbol, name, self.symbol.unit)
