"""Every name that a mapped class has: mapped attributes, and what Python alone knows. The closed world of `User.x`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.names import callee, choose, last_name
from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.lineage import Element
from linter.project.sqlalchemy.mapping import Declared, Mapper
from linter.project.sqlalchemy.values import Lib, Made, Member, Site
from linter.project.trace import memo
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project import Project

# What every declarative class has, and what Flask-SQLAlchemy and SQLModel (pydantic) add.
_GIVEN = frozenset({"metadata", "registry"})
_FLASK = frozenset({"query", "query_class"})
_PYDANTIC = frozenset({
    "construct", "copy", "dict", "from_orm", "json", "model_computed_fields", "model_config", "model_construct",
    "model_copy", "model_dump", "model_dump_json", "model_extra", "model_fields", "model_fields_set",
    "model_json_schema", "model_parametrized_name", "model_post_init", "model_rebuild", "model_validate",
    "model_validate_json", "model_validate_strings", "parse_file", "parse_obj", "parse_raw", "schema", "schema_json",
    "sqlmodel_update", "update_forward_refs", "validate",
})  # fmt: skip
# Bases of SQLAlchemy's own that bring no more than this.
_OWN_BASES = {"AsyncAttrs": frozenset({"awaitable_attrs"})}

# What classes of packages that need not be found bring: https://flask-login.readthedocs.io/en/latest/#flask_login.UserMixin
_BROUGHT = {"flask_login.UserMixin": frozenset({"is_active", "is_authenticated", "is_anonymous", "get_id"})}


class Attribute(msgspec.Struct, frozen=True):
    """`kind`: `column`, `relationship`, that of a `Property` (`synonym`, `hybrid_property`, …), or of Python alone:
    `property`, `method`, `class`, `value`, `annotation`. `is_mapped`: SQLAlchemy may query it. `definer`: whose body has it,
    None for what a backref or an imperative mapping gives."""

    name: str
    kind: str
    site: Site
    is_mapped: bool
    definer: ClassSymbol | None = None
    node: s.Stmt | None = None


class ClassNames:
    def __init__(self, project: Project) -> None:
        self.project = project

    @memo
    def attribute(self, mapper: Mapper, name: str) -> Attribute | None:
        """The attribute of a name that was seen; None where none was, which does not say that there is none: see `lacks`."""
        declared = self._declared(mapper, name)
        definer, node = (declared.definer, declared.node) if declared is not None else (None, None)
        column = mapper.columns.get(name)
        if column is not None:
            return Attribute(name, "column", declared.site if declared else column.site, True, definer, node)
        relationship = mapper.relationships.get(name)
        if relationship is not None:
            site = declared.site if declared is not None and relationship.origin is None else relationship.site
            return Attribute(name, "relationship", site, True, definer, node)
        found = mapper.properties.get(name)
        if found is not None:
            return Attribute(name, found.kind, found.site, True, definer, node)
        return self._plain(mapper, name)

    def _declared(self, mapper: Mapper, name: str) -> Declared | None:
        return next((part.declared[name] for part in mapper.lineage() if name in part.declared), None)

    def _plain(self, mapper: Mapper, name: str) -> Attribute | None:
        for cls in self._order(mapper):
            binding = choose(cls.names.get(name, [])) if isinstance(cls, ClassSymbol) else None
            if binding is not None and isinstance(cls, ClassSymbol):
                declared = Declared(name, cls, binding.node)
                return Attribute(name, _kind(binding.node), declared.site, False, cls, binding.node)
        return None

    def _order(self, mapper: Mapper) -> tuple[Element, ...]:
        return self.project.tables.declarative.lineages.of(mapper.symbol).order

    @memo
    def lacks(self, mapper: Mapper, name: str) -> bool:
        """Whether a class and its instances certainly have no attribute of a name."""
        if name.startswith("__") or name in _GIVEN or any(part.open for part in mapper.lineage()):
            return False
        if any(table is not None and table.open for table in mapper.tables()):
            return False  # each column that it may have is an attribute
        if self.project.tables.declarative.attributes.why_backrefs_open:
            return False
        if name in self.project.tables.core.possible_names or any(name in m.possible_names for m in mapper.lineage()):
            return False
        if self.attribute(mapper, name) is not None or not self._is_closed_to(mapper, name):
            return False
        from linter.project.flow.attributes import may_be_given

        stores = self.project.flow.hierarchy.stores
        if any(isinstance(cls, ClassSymbol) and name in stores(cls) for cls in self._order(mapper)):
            return False
        return not may_be_given(self.project.flow, mapper.symbol, name)

    def _is_closed_to(self, mapper: Mapper, name: str) -> bool:
        """Whether no base that is not written in the project has the name."""
        lineage = self.project.tables.declarative.lineages.of(mapper.symbol)
        if not lineage.whole or not vocabulary.APPBUILDER_MODELS.issuperset(lineage.strangers()):
            return False
        for element in lineage.order:
            if isinstance(element, Member) and name in _FLASK:
                return False
            if isinstance(element, Made) and not element.arguments.whole:
                return False
            if isinstance(element, Lib) and self._may_have(element, name):
                return False
        return True

    def _may_have(self, base: Lib, name: str) -> bool:
        kind = vocabulary.kind(base.dotted)
        if base.dotted in vocabulary.APPBUILDER_MODELS:
            return name in _FLASK or name == "to_json"
        if kind == "SQLModel":
            return name in _PYDANTIC
        if kind:
            return name in _OWN_BASES.get(kind, ())
        if base.dotted.partition(".")[0] in vocabulary.STANDARD_LIBRARY:
            return base.dotted not in ("abc.ABC", "typing.Protocol")
        if base.dotted in _BROUGHT:
            return name in _BROUGHT[base.dotted]
        found = self.project.names.find(base.dotted)
        if not isinstance(found, ClassSymbol):
            return True
        order, complete = self.project.names.mro(found)
        return not complete or any(isinstance(cls, ClassSymbol) and name in cls.names for cls in order)

    def of(self, mapper: Mapper) -> Iterator[str]:
        """Every name that was seen, for ideas of what a wrong one was meant to be; those of bases come last."""
        yield from mapper.attributes()
        for cls in self._order(mapper):
            if isinstance(cls, ClassSymbol):
                yield from (name for name in cls.names if not name.startswith("_"))


def _kind(node: s.Stmt) -> str:
    if isinstance(node, s.ClassDef):
        return "class"
    if isinstance(node, s.FunctionDef):
        names = {last_name(callee(decorator)) for decorator in node.decorators}
        return "property" if any("property" in name or name == "setter" for name in names) else "method"
    if isinstance(node, s.Assign):
        return "annotation" if node.value is None else "value"
    return "value"
