"""`project.tables`: everything SQLAlchemy about a project, built once, and the questions that checks ask of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from posixpath import dirname
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.finding import Edit, Place
from linter.project.names import last_name
from linter.project.requirements.pins import allows, pin
from linter.project.sqlalchemy import continuum, vocabulary
from linter.project.sqlalchemy.attribute_sites import AttributeSites
from linter.project.sqlalchemy.bodies import Bodies
from linter.project.sqlalchemy.columns import Columns
from linter.project.sqlalchemy.computed import Computed
from linter.project.sqlalchemy.constraints import Constraints
from linter.project.sqlalchemy.core import Tables
from linter.project.sqlalchemy.criteria import Criteria
from linter.project.sqlalchemy.declarative import Declarative
from linter.project.sqlalchemy.deletions import Deletions
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.imperative import Imperative
from linter.project.sqlalchemy.lineage import Lineages
from linter.project.sqlalchemy.lost_args import LostArgs
from linter.project.sqlalchemy.mapping import Mapper, Relationship
from linter.project.sqlalchemy.metadata import MetaDatas
from linter.project.sqlalchemy.names import ClassNames
from linter.project.sqlalchemy.overlaps import Overlap, overlaps
from linter.project.sqlalchemy.pairs import Pairing
from linter.project.sqlalchemy.result_rows import ResultRows
from linter.project.sqlalchemy.scan import Scanner
from linter.project.sqlalchemy.schema import (
    SOME_SCHEMA,
    Column,
    Definition,
    ForeignKey,
    MetaData,
    Resolution,
    Table,
    is_test,
    split,
)
from linter.project.sqlalchemy.sqlmodels import SqlModels
from linter.project.sqlalchemy.targets import Resolver
from linter.project.sqlalchemy.together import Together
from linter.project.sqlalchemy.values import Const, Given, Made, Member, Site, text_of
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, Unit, walk
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

MOST_MADE = 10_000  # classes that functions make

_PLAIN_STRING = re.compile(r"""[rRbBuU]?(?P<quote>\"{3}|'{3}|["'])(?P<text>[^\\\n]*)(?P=quote)""")

# A class body that speaks of one of these maps something, if anything makes it mapped.
_COLUMN_CALLS = vocabulary.COLUMNS | vocabulary.RELATIONSHIPS


class SqlAlchemy:
    def __init__(self, project: Project) -> None:
        self.project = project
        lineages = Lineages()
        self.values = Evaluator(
            project,
            lambda symbol, name: self.declarative.of_class(symbol, name),
            lineages.kind,
            lambda symbol: lineages.of(symbol).classes(),
        )
        lineages.values = self.values
        self.metadatas = MetaDatas(self.values, lineages)
        columns = Columns(self.values)
        self.core = Tables(self.values, self.metadatas, Constraints(columns))
        self.declarative = Declarative(self.values, lineages, self.metadatas, columns, self.core)
        self.imperative = Imperative(self.values, self.core)
        self.core.mapper_of = self._mapper_of
        self._resolutions: dict[tuple[int, int], Resolution] = {}
        if project.uses_sqlalchemy:
            self._build()

    # --- building ---

    def _build(self) -> None:
        # Of `models.py` beside `models/` Python imports the package only: what the module defines is in no MetaData.
        units = [u for u in self.project.units() if f"{u.path[:-3]}/__init__.py" not in self.project.files]
        migrations = self._migrations(units)
        for unit in units:
            if unit.path in migrations:
                continue
            if unit.module.broken and b"sqlalchemy" in unit.facts.module:
                self.core.doubt(f"`{unit.path}` could not be read whole", unit.path, classes=True)
            untrue = _for_type_checkers(unit)
            for symbol in self.project.names.classes(unit):
                if id(symbol.node) not in untrue:
                    self._class(symbol)
        self._appbuilder()
        self._made_classes(0)
        scanner = Scanner(self.values, self.metadatas, self.core, self.declarative, self.imperative)
        for unit in units:
            scanner.scan(unit, unit.path in migrations)
        if scanner.makers:
            before = len(self.values.made_classes)
            for unit in units:
                if unit.path not in migrations:
                    scanner.run_makers(unit)
            self._made_classes(before)
        self._relate([*self.declarative.attributes.drafts, *self.imperative.drafts])
        if scanner.versioning is not None:
            versions = continuum.Continuum(self.values, self.declarative.lineages, scanner.versioning)
            for mapper in self.mappers:
                versions.apply(mapper)
        # All is worked out here, so that whoever asks later depends on whatever was read for it.
        for table in self.tables:
            for column, key in table.foreign_keys():
                self._resolutions[id(key), id(table)] = self._resolve(table, column, key)
        pairing = Pairing(self.resolver, self.resolve, self.table_of)
        for mapper in self.mappers:
            for relationship in mapper.relationships.values():
                if relationship.owner is mapper:
                    pairing.settle(relationship)
        self._settle_types()

    def _appbuilder(self) -> None:
        """Flask-AppBuilder's users and roles are in the MetaData of its base class, and foreign keys lead to them."""
        if ("appbuilder",) in self.metadatas.all:
            unit = self.project.names.module(vocabulary.APPBUILDER_TABLES)
            for symbol in self.project.names.classes(unit) if unit is not None else ():
                self._class(symbol)

    def _settle_types(self) -> None:
        """A column without a type has that of the column it refers to."""
        for _ in range(3):  # a chain of keys is seldom longer
            for table in self.tables:
                for column, key in table.foreign_keys():
                    if column.type is None:
                        found = self.resolve(table, column, key).column
                        column.type = found.type if found is not None else None

    def _made_classes(self, first: int) -> None:
        """The classes that functions made when they ran for others; looking at one may make more."""
        made = self.values.made_classes
        for index in range(first, MOST_MADE):
            if index >= len(made):
                break
            self._class(made[index])

    def _migrations(self, units: list[Unit]) -> set[str]:
        """Alembic's files: what they define is a picture of the past, and no part of the project's own tables."""
        folders = {
            dirname(unit.path) for unit in units if unit.path.endswith("/env.py") and b"alembic" in unit.facts.module
        }
        return {
            unit.path
            for unit in units
            if (b"down_revision" in unit.facts.module and {"revision", "down_revision"} <= unit.names.keys())
            or any(unit.path.startswith(f"{folder}/") for folder in folders)
        }

    def _class(self, symbol: ClassSymbol) -> None:
        node = symbol.node
        if not node.bases and not node.decorators and not node.keywords:
            return
        mapper = self._mapper_of(symbol)
        if mapper is not None:
            mapper.metadata.local = False
        elif (
            self.metadatas.root(symbol) is None
            and not self.declarative.lineages.of(symbol).whole
            and _has_columns(node)
        ):
            # A base that was not understood may be the base class of any MetaData, and name the table too.
            self.core.doubt(f"a base class of `{symbol.name}` was not understood", symbol.unit.path, classes=True)

    def _relate(self, drafts: list[Relationship]) -> None:
        every = [*self.declarative.mappers(), *self.imperative.mappers.values()]
        resolver = self.resolver = Resolver(
            self.values, self._mapper_of, self.core.of, every, self._why_unseen, self._may_hold, self._may_share
        )
        for relationship in drafts:
            resolver.resolve(relationship)
        for relationship in drafts:
            self._reverse(relationship)
        for mapper in every:
            for relationship in mapper.relationships.values():
                if relationship.owner is mapper:
                    resolver.choose(relationship)
        for mapper in self.mappers:
            self._inherit(mapper)

    def _reverse(self, relationship: Relationship) -> None:
        """A backref is an attribute of the class at the other side."""
        target = relationship.target
        if relationship.has_unknown_backref:
            if target is None:
                self.declarative.attributes.why_backrefs_open = f"`{relationship.name}` may have a backref"
            else:
                target.open = target.open or f"`{relationship.name}` may add a backref to it"
        if relationship.backref is None:
            return
        if target is None:
            self.core.possible_names.add(relationship.backref)  # of which class it is an attribute, is not known
            return
        relationship.back_populates = relationship.back_populates or relationship.backref
        made = self.declarative.attributes.relationships.reverse(relationship, target)
        relationship.reverse.append(made)
        target.relationships.setdefault(relationship.backref, made)

    def _inherit(self, mapper: Mapper) -> None:
        """A subclass has the relationships of its parents, backrefs included."""
        for parent in list(mapper.lineage())[1:]:
            for key, relationship in parent.relationships.items():
                mapper.relationships.setdefault(key, relationship)

    # --- what there is ---

    def mapper(self, symbol: ClassSymbol) -> Mapper | None:
        """The mapper of a class of the project; None where it is not mapped."""
        return self._known.get(symbol)

    @cached_property
    def _known(self) -> dict[ClassSymbol, Mapper]:
        return {mapper.symbol: mapper for mapper in self.mappers}

    def _mapper_of(self, symbol: ClassSymbol) -> Mapper | None:
        """The same while the index is being built, which may map the class only now."""
        return self.imperative.mappers.get(symbol) or self.declarative.mapper(symbol) or self.declarative.union(symbol)

    @cached_property
    def mappers(self) -> list[Mapper]:
        """The mapped classes of the project; libraries that were read have others."""
        found = [*self.declarative.mappers(), *self.imperative.mappers.values()]
        return [mapper for mapper in found if not mapper.metadata.local and not mapper.symbol.unit.is_library]

    @cached_property
    def tables(self) -> list[Table]:
        """The tables of the project; those that only functions and migrations make are left out."""
        return [
            table
            for metadata in self.metadatas.all.values()
            if not metadata.local
            for table in metadata.tables.values()
            if not table.shadow and not table.site.unit.is_library
        ]

    @cached_property
    def _tables_by_path(self) -> dict[str, list[Table]]:
        found: dict[str, list[Table]] = {}
        for table in self.tables:
            found.setdefault(table.site.path, []).append(table)
        return found

    def tables_in(self, path: str) -> list[Table]:
        """The tables that a file defines: classes, and calls of `Table`."""
        return self._tables_by_path.get(path, [])

    def redefinitions_in(self, path: str) -> list[tuple[Table, Definition, Definition]]:
        """What a file defines a second time, with the definition before: tables that cannot both be in one MetaData."""
        return self._redefinitions.get(path, [])

    @cached_property
    def _redefinitions(self) -> dict[str, list[tuple[Table, Definition, Definition]]]:
        found: dict[str, list[tuple[Table, Definition, Definition]]] = {}
        for table in self.tables:
            if len(table.definitions) < 2 or any(d.extends is not False for d in table.definitions):
                continue
            plain = [d for d in table.definitions if not is_test(d.site.path) and not self.is_guarded(d.site)]
            plain = list({d.site.key: d for d in plain}.values())  # what a function makes twice is one place
            for index, second in enumerate(plain):
                for first in plain[:index]:
                    if self.together.are_loaded(first.site.path, second.site.path):
                        found.setdefault(second.site.path, []).append((table, first, second))
                        break
        return found

    @cached_property
    def together(self) -> Together:
        """Which modules are imported in one process."""
        return Together(self.project)

    def mappers_of(self, table: Table) -> list[Mapper]:
        """The classes that are mapped to a table: more than one with single-table inheritance."""
        return self._mappers_by_table.get(id(table), [])

    @cached_property
    def _mappers_by_table(self) -> dict[int, list[Mapper]]:
        found: dict[int, list[Mapper]] = {}
        for mapper in self.mappers:
            if mapper.table is not None:
                found.setdefault(id(mapper.table), []).append(mapper)
        return found

    def subclasses(self, mapper: Mapper) -> list[Mapper]:
        """The mapped classes that inherit from a mapped one, those that stand alone (`concrete`) aside."""
        return self._subclasses.get(id(mapper), [])

    @cached_property
    def _subclasses(self) -> dict[int, list[Mapper]]:
        found: dict[int, list[Mapper]] = {}
        for mapper in self.mappers:
            for parent in list(mapper.lineage())[1:]:
                found.setdefault(id(parent), []).append(mapper)
        return found

    def table_of(self, column: Column) -> Table | None:
        """The table that a column is in."""
        return self._homes.get(id(column))

    @cached_property
    def _homes(self) -> dict[int, Table]:
        every = [table for metadata in self.metadatas.all.values() for table in metadata.tables.values()]
        return {id(column): table for table in every for column in table.columns.values()}

    def is_guarded(self, site: Site) -> bool:
        """Whether something stands in a function, or in an `if`, `try` or `for` of its module."""
        if site.function is not None:
            return True
        order = self._guards(site.unit)
        index = bisect_right(order, site.at, key=lambda entry: entry[0]) - 1
        return index >= 0 and order[index][1]

    @memo
    def _guards(self, unit: Unit) -> list[tuple[int, bool]]:
        """The statements of a module that have a place, in order, and whether each may be passed over."""
        found = [(getattr(node, "at", -1), bool(guard)) for node, guard in walk(unit.module.body)]
        return sorted(entry for entry in found if entry[0] >= 0)

    def place(self, site: Site) -> Place:
        return self.project.place(site.path, site.unit.span(site.at, site.function))

    def part_of(self, key: ForeignKey, start: int, end: int) -> Place | None:
        """The place of some characters of the string that names a foreign key's target; None where it is not written plainly."""
        return self.within(key.origin, key.text, start, end)

    def text_place(self, given: Given) -> Place | None:
        """The place of the characters of a string that is an argument, without its quotes; None likewise."""
        text = text_of(given.value)
        return self.within(given.value.origin, text, 0, len(text or "")) if isinstance(given.value, Const) else None

    def within(self, origin: Site | None, text: str | None, start: int, end: int) -> Place | None:
        """The place of some characters of a literal."""
        if origin is None or text is None:
            return None
        span = origin.unit.span(origin.at, origin.function)
        written = self.project.source(origin.path).data[span.start : span.end].decode("utf-8", "replace")
        quoted = _PLAIN_STRING.fullmatch(written)
        if quoted is None or quoted["text"] != text or not text.isascii():
            return None
        first = span.start + quoted.start("text")
        return self.project.place(origin.path, Span(first + start, first + end))

    def added_argument(self, call: Site, argument: str) -> Edit | None:
        """What adds an argument to a call; None where its end is not plain."""
        span = call.unit.span(call.at, call.function)
        written = self.project.source(call.path).data[span.start : span.end]
        if not written.endswith(b")") or b"#" in written:
            return None
        inside = written[:-1].rstrip()
        if inside.endswith(b","):  # on lines of its own, most likely
            line = inside.rpartition(b"\n")[2]
            indent = line[: len(line) - len(line.lstrip())].decode() if b"\n" in inside else ""
            text = f"\n{indent}{argument}," if indent else f" {argument}"
        else:
            text = argument if inside.endswith(b"(") else f", {argument}"
        end = span.start + len(inside)
        return Edit(self.project.place(call.path, Span(end, end)), text)

    @cached_property
    def _foreign_keys(self) -> dict[str, list[tuple[Table, Column, ForeignKey]]]:
        found: dict[str, list[tuple[Table, Column, ForeignKey]]] = {}
        for table in self.tables:
            for column, key in table.foreign_keys():
                found.setdefault((key.origin or key.site).path, []).append((table, column, key))
        return found

    def foreign_keys_in(self, path: str) -> list[tuple[Table, Column, ForeignKey]]:
        """The foreign keys that are written in a file, with the table that has them: one of a mixin has several."""
        return self._foreign_keys.get(path, [])

    @cached_property
    def _relationships(self) -> dict[str, list[Relationship]]:
        found: dict[str, list[Relationship]] = {}
        for mapper in self.mappers:
            for relationship in mapper.relationships.values():
                if relationship.owner is mapper and relationship.origin is None and not _is_shadow(mapper):
                    found.setdefault(relationship.site.path, []).append(relationship)
        return found

    def relationships_in(self, path: str) -> list[Relationship]:
        return self._relationships.get(path, [])

    def rivals(self, relationship: Relationship) -> list[Relationship]:
        """The other relationships whose backref is to be the same attribute of the same class."""
        every = self._backrefs.get((id(relationship.target), relationship.backref), [])
        return [other for other in every if other.site.key != relationship.site.key]

    @cached_property
    def _backrefs(self) -> dict[tuple[int, str | None], list[Relationship]]:
        found: dict[tuple[int, str | None], list[Relationship]] = {}
        for relationships in self._relationships.values():
            for relationship in relationships:
                if relationship.backref is not None:
                    found.setdefault((id(relationship.target), relationship.backref), []).append(relationship)
        return found

    def overlaps_in(self, path: str) -> list[Overlap]:
        """The relationships of a file that write a column which another writes too, without knowing of it."""
        return self._overlaps.get(path, [])

    @cached_property
    def _overlaps(self) -> dict[str, list[Overlap]]:
        found: dict[str, list[Overlap]] = {}
        own = [mapper for mapper in self.mappers if not _is_shadow(mapper)]
        for overlap in overlaps(own, self.together.is_later):
            table = self.table_of(overlap.pair.foreign)
            if table is None or len(table.definitions) > 1:
                continue  # perhaps two tables, of which only the schemas differ
            found.setdefault(overlap.relationship.site.path, []).append(overlap)
        return found

    @cached_property
    def warns_of_overlaps(self) -> bool:
        """Whether the project's SQLAlchemy warns of overlaps, and knows `overlaps=`: 1.3 and before do not."""
        asked = pin(self.project.files, "sqlalchemy")
        if any(allows(asked, version) for version in ("1.4.54", "2.0.0", "2.0.50", "2.1.0")):
            return True
        return not any(
            allows(asked, version) for version in ("1.3.24", "1.3.0", "1.2.19", "1.1.18", "1.0.19", "0.9.10")
        )

    @cached_property
    def _mappers_by_path(self) -> dict[str, list[Mapper]]:
        found: dict[str, list[Mapper]] = {}
        for mapper in self.mappers:
            if not _is_shadow(mapper):
                found.setdefault(mapper.symbol.unit.path, []).append(mapper)
        return found

    def mappers_in(self, path: str) -> list[Mapper]:
        return self._mappers_by_path.get(path, [])

    # --- names ---

    @cached_property
    def bodies(self) -> Bodies:
        """What stands in the bodies of mapped classes and does not become what it was meant to be."""
        return Bodies(self.project)

    @cached_property
    def names(self) -> ClassNames:
        """The names of mapped classes: `names.attribute(mapper, "x")`, `names.lacks(mapper, "x")`."""
        return ClassNames(self.project)

    @cached_property
    def criteria(self) -> Criteria:
        """The conditions that queries are given."""
        return Criteria(self.project)

    @cached_property
    def computed(self) -> Computed:
        """Where queries ask for what only Python computes."""
        return Computed(self.project)

    @cached_property
    def deletions(self) -> Deletions:
        """The rows that the program deletes, and what becomes of those that refer to them."""
        return Deletions(self.project)

    @cached_property
    def result_rows(self) -> ResultRows:
        """Rows of results that are taken for the objects in them."""
        return ResultRows(self.project)

    @cached_property
    def lost_args(self) -> LostArgs:
        """The `__table_args__` of mixins that a class hides with its own."""
        return LostArgs(self.project)

    @cached_property
    def sqlmodels(self) -> SqlModels:
        """What SQLModel refuses."""
        return SqlModels(self.project)

    @cached_property
    def attribute_sites(self) -> AttributeSites:
        """Where code names attributes of mapped classes."""
        return AttributeSites(self.project)

    def classes_named(self, name: str) -> list[Mapper]:
        """The mapped classes of a name, of whatever base."""
        return self._by_name.get(name, [])

    def same_named(self, owner: Mapper, text: str) -> list[Mapper]:
        """The classes that a relationship's string may mean, of different modules that are certain to be imported together."""
        found = self.resolver.candidates(text, owner)
        if len(found) < 2:
            return []
        plain = [
            m
            for m in found
            if not is_test(m.symbol.unit.path)
            and m.metadata is owner.metadata
            and not self.is_guarded(Site(m.symbol.unit, m.symbol.node.at, m.symbol.function))
        ]
        first = {m.symbol.unit.path: m for m in plain}
        if len({id(m.table) for m in first.values()}) < len(first) or not first:
            return []
        one, *others = first.values()
        loaded = [m for m in others if self.together.are_loaded(one.symbol.unit.path, m.symbol.unit.path)]
        here = self.together.are_loaded(one.symbol.unit.path, owner.symbol.unit.path)
        return [one, *loaded] if loaded and here else []

    @cached_property
    def _by_name(self) -> dict[str, list[Mapper]]:
        found: dict[str, list[Mapper]] = {}
        for mapper in self.mappers:
            found.setdefault(mapper.name, []).append(mapper)
        return found

    def why_classes_open(self, metadata: MetaData, path: str = "") -> str:
        """Why a class that was not seen may be mapped in a MetaData's registry, as a file sees it; "" where none can."""
        why = metadata.classes_open or self.core.classes_open
        return why or ((metadata.open_in_tests or self.core.why_open_in_tests) if is_test(path) else "")

    def _why_unseen(self, metadata: MetaData, path: str, name: str) -> str:
        """The same for a class of a name."""
        if self.core.are_versioned and continuum.may_make_class(name):
            return "SQLAlchemy-Continuum makes classes of its own"
        return self.why_classes_open(metadata, path)

    # --- where foreign keys lead ---

    def why_open(self, metadata: MetaData, path: str = "") -> str:
        """Why a table that is not in a MetaData may be in it all the same, as a file sees it; "" where it cannot."""
        why = metadata.open or self.core.why_open
        return why or ((metadata.open_in_tests or self.core.why_open_in_tests) if is_test(path) else "")

    def resolve(self, table: Table, column: Column, key: ForeignKey) -> Resolution:
        """Which column a foreign key of a table means, if any."""
        return self._resolutions.get((id(key), id(table)), Resolution("unknown"))

    def _resolve(self, table: Table, column: Column, key: ForeignKey) -> Resolution:
        if key.text is None:
            return self._referenced(key)
        schema, name, part = split(key.text)
        metadata = table.metadata
        target = metadata.find(schema, name)
        if target is None:
            if self._may_hold(metadata, key.site.path, schema, name):
                return Resolution("unknown")
            return Resolution("no table")
        if target.shadow:
            return Resolution("unknown", target)
        wanted = part if part is not None else column.key
        found = target.by_name(wanted) if key.by_name else target.columns.get(wanted)
        if found is not None:
            return Resolution("found", target, found)
        return Resolution("unknown" if target.open else "no column", target)

    def _may_hold(self, metadata: MetaData, path: str, schema: str | None, name: str) -> bool:
        """Whether a table that was not seen in a MetaData may be there all the same."""
        if self.why_open(metadata, path) or self.core.is_stray(name):
            return True
        if self.core.are_versioned and continuum.may_make_table(name):
            return True
        if schema is not None and SOME_SCHEMA in (metadata.schema, *(s for s, _ in metadata.tables)):
            return True
        return any(self._may_share(metadata, other) for other in self.metadatas.all.values() if other.named(name))

    def _may_share(self, one: MetaData, other: MetaData) -> bool:
        """Whether a table of one MetaData may be in another as well, or that other be the same one."""
        if other.key == ("unknown",) or self.core.are_copied:
            return True
        are_binds = (one.bind_of or one.key) == (other.bind_of or other.key) and one is not other
        return are_binds and not self._binds_are_apart

    @cached_property
    def _binds_are_apart(self) -> bool:
        """Flask-SQLAlchemy 3 has a MetaData for each bind; before, all tables were in one."""
        wanted = pin(self.project.files, "flask-sqlalchemy")
        return bool(wanted) and not allows(wanted, "2.5.1")

    def _referenced(self, key: ForeignKey) -> Resolution:
        """A Column object: `ForeignKey(User.id)`, `ForeignKey(users.c.id)`, `ForeignKey(id)` in the class itself."""
        value = key.reference
        if isinstance(value, Made):
            for table in self.tables:
                for column in table.columns.values():
                    if column.site.key == value.site.key:
                        return Resolution("found", table, column)
            return Resolution("unknown")
        if not isinstance(value, Member):
            return Resolution("unknown")
        table_, name = self.core.column_at(value)
        if table_ is None or name is None:
            return Resolution("unknown")
        column_ = table_.columns.get(name)
        if column_ is not None:
            return Resolution("found", table_, column_)
        return Resolution("unknown" if table_.open else "no column", table_)


def _for_type_checkers(unit: Unit) -> set[int]:
    """The classes of a module that do not exist when it runs."""
    if b"TYPE_CHECKING" not in unit.facts.module:
        return set()
    return {id(node) for node, guard in walk(unit.module.body) if guard == "typing" and isinstance(node, s.ClassDef)}


def _is_shadow(mapper: Mapper) -> bool:
    return mapper.table is not None and mapper.table.shadow


def _has_columns(node: s.ClassDef) -> bool:
    for statement in node.body:
        if isinstance(statement, s.Assign) and isinstance(statement.value, s.Call):
            func = statement.value.func
            if last_name(func) in _COLUMN_CALLS:
                return True
    return False
