"""SQLAlchemy-Continuum: the tables of versions that it makes beside those of classes with `__versioned__`."""

from __future__ import annotations

from linter.project.names import choose
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.lineage import Lineages
from linter.project.sqlalchemy.mapping import Mapper, Relationship
from linter.project.sqlalchemy.schema import Column, Table
from linter.project.sqlalchemy.values import Items, Lib, Made, Mapping, Site, Value, text_of
from linter.project.units import ClassSymbol

VERSIONED = "__versioned__"
# What it makes of its own, whatever classes are versioned: the last three its plugins do.
_TABLES = frozenset({"transaction", "transaction_changes", "transaction_meta", "activity"})
_CLASSES = frozenset({"Transaction", "TransactionChanges", "TransactionMeta", "Activity"})


def may_make_table(name: str) -> bool:
    """Whether a table of a name may be one of its own, or that of the versions of some class."""
    return name in _TABLES or name.endswith("_version")


def may_make_class(name: str) -> bool:
    return name in _CLASSES or name.endswith("Version")


def is_plain(values: Evaluator, made: Made) -> bool:
    """Whether neither the call of `make_versioned` nor the manager that it is given has options, and all plugins are known."""
    manager = values.arg(made.arguments.keywords.get("manager"))
    own = manager.func if isinstance(manager, Made) else None
    if isinstance(own, ClassSymbol) and not own.unit.is_library and own.unit.mentions("option"):
        return False
    managed = manager is None or (isinstance(manager, Made) and "options" not in manager.arguments.keywords)
    plugins = values.arg(made.arguments.keywords.get("plugins"))
    return (
        managed
        and made.arguments.whole
        and "options" not in made.arguments.keywords
        and (plugins is None or (isinstance(plugins, Items) and all(map(_is_own, plugins.items))))
    )


def _is_own(plugin: Value) -> bool:
    func = plugin.func if isinstance(plugin, Made) else plugin
    name = func.dotted if isinstance(func, (Lib, ClassSymbol)) else ""
    return name.startswith("sqlalchemy_continuum.")


class Continuum:
    """`versioning` is the call of `make_versioned`, whose options may change what tables of versions hold."""

    def __init__(self, values: Evaluator, lineages: Lineages, versioning: Made) -> None:
        self.values = values
        self.lineages = lineages
        self.site = versioning.site
        self.why_open = "" if is_plain(values, versioning) else "options of SQLAlchemy-Continuum may change it"

    def apply(self, mapper: Mapper) -> None:
        """Make the tables of versions of one class, and of its many-to-many relationships."""
        definer = next((cls for cls in self.lineages.of(mapper.symbol).classes() if VERSIONED in cls.names), None)
        if definer is None or mapper.table is None:
            return
        site = Site(mapper.symbol.unit, mapper.symbol.node.at, mapper.symbol.function)
        if (None, "transaction") not in mapper.metadata.tables:
            why = "SQLAlchemy-Continuum's plugins add to it"
            mapper.metadata.tables[None, "transaction"] = Table(
                "transaction", None, mapper.metadata, self.site, open=why
            )
        versions = Relationship("versions", mapper, site, uselist=True, whole=False)
        mapper.relationships.setdefault("versions", versions)
        self._version(mapper.table, site, self._excluded(definer))
        for relationship in list(mapper.relationships.values()):
            if relationship.secondary is not None and relationship.flag("viewonly") is False:
                self._version(relationship.secondary, relationship.secondary.site, frozenset())

    def _excluded(self, definer: ClassSymbol) -> frozenset[str] | None:
        """The columns that `__versioned__ = {"exclude": […]}` leaves out; None if that was not understood."""
        binding = choose(definer.names[VERSIONED])
        value: Value | None = (
            self.values.bound(binding.node, VERSIONED, self.values.inside(definer)) if binding else None
        )
        if not isinstance(value, Mapping) or not value.whole or "table_name" in value.entries:
            return None
        excluded = value.entries.get("exclude", Items(()))
        names = [text_of(item) for item in excluded.items] if isinstance(excluded, Items) and excluded.whole else [None]
        return None if None in names else frozenset(name for name in names if name is not None)

    def _version(self, table: Table, site: Site, excluded: frozenset[str] | None) -> None:
        name = f"{table.name}_version"
        if excluded is None or (table.schema, name) in table.metadata.tables:
            return
        made = table.metadata.tables[table.schema, name] = Table(
            name, table.schema, table.metadata, site, open=table.open or self.why_open
        )
        for key, column in table.columns.items():
            if key not in excluded:
                made.columns[key] = self._copy(column)
        for extra, kind, is_key in (
            ("transaction_id", "BigInteger", True), ("end_transaction_id", "BigInteger", False), ("operation_type", "SmallInteger", False),
        ):  # fmt: skip
            column = Column(extra, extra, site, kind, extra == "end_transaction_id", is_key, extra != "transaction_id")
            column.family, column.index = "integer", True
            made.columns[extra] = column

    @staticmethod
    def _copy(column: Column) -> Column:
        """A column of a version: without foreign keys, and of any row that is gone nothing need be known."""
        found = Column(column.name, column.key, column.site, column.type, not column.primary_key, column.primary_key)
        found.index, found.unique, found.family = column.index, False, column.family
        return found
