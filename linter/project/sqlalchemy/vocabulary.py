"""The public names of SQLAlchemy and of the packages that wrap it, as far as the index tells them apart.

A thing has many spellings (`sqlalchemy.Column`, `sqlalchemy.schema.Column`, `sqlmodel.Column`, `db.Column`), but one last
name that means the same in all these packages, so the last name is what the index goes by.
"""

from __future__ import annotations

import sys

# Packages whose names are SQLAlchemy's own, or extend them. Their source is never read as if it were the project's.
ROOTS = frozenset({"sqlalchemy", "sqlmodel", "flask_sqlalchemy", "flask_sqlalchemy_lite"})

COLUMNS = frozenset({"Column", "mapped_column", "MappedColumn"})
# Attributes that wrap the column they are given.
COLUMN_WRAPPERS = frozenset({"deferred", "column_property", "ColumnProperty"})
RELATIONSHIPS = frozenset({"relationship", "relation", "dynamic_loader", "RelationshipProperty", "Relationship"})
# Other things an attribute of a mapped class can be; none of them is a column or a relationship.
PROPERTIES = frozenset({
    "synonym", "SynonymProperty", "composite", "CompositeProperty", "Composite", "query_expression", "association_proxy",
    "AssociationProxy", "hybrid_property", "index_property", "hybrid_method", "attribute_keyed_dict", "query_property",
})  # fmt: skip
ATTRIBUTES = PROPERTIES | {"deferred", "column_property", "ColumnProperty"}
BASES = frozenset({"DeclarativeBase", "DeclarativeBaseNoMeta"})
# What makes a base class: a call, or a decorator on the class.
BASE_MAKERS = frozenset({"declarative_base", "generate_base", "automap_base"})
BASE_DECORATORS = frozenset({"as_declarative", "as_declarative_base"})
MAPPING_DECORATORS = frozenset({"mapped", "mapped_as_dataclass"})
EXTENSIONS = frozenset({"SQLAlchemy", "SQLA"})  # Flask-SQLAlchemy's `db`, and Flask-AppBuilder's
# Classes to inherit whose tables come from somewhere else, or later.
REFLECTING = frozenset({"DeferredReflection", "AutomapBase"})
DECLARED = frozenset({"declared_attr", "directive", "cascading"})
MAPPED = frozenset({"Mapped", "DynamicMapped", "WriteOnlyMapped", "MappedSQLExpression"})
COLLECTIONS = frozenset({
    "list", "List", "set", "Set", "Sequence", "MutableSequence", "Collection", "Iterable", "MutableSet", "dict", "Dict",
    "frozenset", "InstrumentedList", "InstrumentedSet", "AppenderQuery", "deque",
    "KeyFuncDict", "MappedCollection", "OrderingList",
})  # fmt: skip

# Flask-AppBuilder's base class is a declarative base, with tables of its own in its MetaData.
APPBUILDER_MODELS = frozenset({
    "flask_appbuilder.Model", "flask_appbuilder.models.sqla.Model", "flask_appbuilder.models.sqla.base.Model",
})  # fmt: skip
APPBUILDER_EXTENSIONS = frozenset({
    "flask_appbuilder.SQLA", "flask_appbuilder.models.sqla.SQLA", "flask_appbuilder.models.sqla.base.SQLA",
    "flask_appbuilder.utils.legacy.SQLA",
})  # fmt: skip
APPBUILDER = APPBUILDER_MODELS | APPBUILDER_EXTENSIONS
# Where Flask-AppBuilder's own tables are, which every project with its base class has.
APPBUILDER_TABLES = "flask_appbuilder.security.sqla.models"

# Packages that neither map classes nor bring columns to classes that others map. Their source need not be found.
_UNRELATED = frozenset({
    "builtins", "typing_extensions", "pydantic", "pydantic_settings", "flask_login", "zope", "six", "marshmallow", "fastapi",
    "starlette", "starlette_admin", "flask", "werkzeug", "wtforms", "flask_wtf", "jinja2", "django", "rest_framework", "celery",
    "click", "typer", "rich", "pytest", "hypothesis", "requests", "httpx", "aiohttp", "numpy", "pandas", "attr", "attrs",
    "alembic", "graphene", "strawberry", "yaml", "docutils", "setuptools", "boto3", "structlog", "msgspec", "pyramid",
})  # fmt: skip
_HARMLESS_PACKAGES = ROOTS | _UNRELATED
# Classes that a mapped class may inherit although their source was not read: they bring no column and no relationship.
_HARMLESS = frozenset({
    "flask_security.UserMixin", "flask_security.RoleMixin", "flask_security.core.UserMixin",
    "flask_security.core.RoleMixin", "sqlalchemy_serializer.SerializerMixin", "fastapi_filter.base.filter.BaseFilterModel",
    "flask_principal.RoleNeed", "sqlalchemy_utils.Observable", "sqlalchemy_utils.models.Observable",
})  # fmt: skip

_HARMLESS_CALLS = frozenset(
    {"sqlalchemy_utils", "sqlalchemy_searchable", "logging", "structlog", "marshmallow_sqlalchemy"}
)

# Decorators that leave a mapped class's columns as they are. A function of the project's own is looked into instead.
_HARMLESS_DECORATORS = _HARMLESS_PACKAGES | {"sqlalchemy_utils", "faker"}

STANDARD_LIBRARY: frozenset[str] = frozenset(sys.stdlib_module_names)


def kind(dotted: str) -> str:
    """What a dotted name of SQLAlchemy or its wrappers is: its last name; "" for all other names."""
    if dotted.partition(".")[0] in ROOTS:
        return dotted.rpartition(".")[2]
    return "SQLA" if dotted in APPBUILDER_EXTENSIONS else ""


def is_known(dotted: str) -> bool:
    """Whether a library's thing is told by its name alone, so that nobody looks for its source."""
    package = dotted.partition(".")[0]
    return package in _HARMLESS_PACKAGES or package in STANDARD_LIBRARY


def is_harmless(dotted: str) -> bool:
    """Whether a class that was not read is known to bring nothing to a mapped class."""
    return is_known(dotted) or dotted in _HARMLESS


def is_harmless_call(dotted: str) -> bool:
    """Whether what a function of a library gives is known to be no column and no relationship."""
    return is_harmless(dotted) or dotted.partition(".")[0] in _HARMLESS_CALLS


def is_harmless_decorator(dotted: str) -> bool:
    package = dotted.partition(".")[0]
    return package in _HARMLESS_DECORATORS or package in STANDARD_LIBRARY


# Python types and the column types they stand for in `Mapped[…]`; a project's type_annotation_map may say otherwise.
PYTHON_TYPES = {
    "int": "Integer", "str": "String", "float": "Float", "bool": "Boolean", "bytes": "LargeBinary",
    "decimal.Decimal": "Numeric", "datetime.date": "Date", "datetime.datetime": "DateTime", "datetime.time": "Time",
    "datetime.timedelta": "Interval", "uuid.UUID": "Uuid",
}  # fmt: skip
