"""Column types by what databases can compare: a foreign key between two families is refused by those that look."""

from __future__ import annotations

from typing import Literal

Family = Literal[
    "integer", "text", "uuid", "boolean", "float", "numeric", "date", "datetime", "time", "interval", "binary", "json",
    "enum", "array", "other",
]  # fmt: skip

_FAMILIES: dict[Family, tuple[str, ...]] = {
    "integer": (
        "Integer", "INTEGER", "INT", "BigInteger", "BIGINT", "SmallInteger", "SMALLINT", "TINYINT", "MEDIUMINT",
        "SERIAL", "BIGSERIAL",
    ),
    "text": (
        "String", "Text", "Unicode", "UnicodeText", "VARCHAR", "CHAR", "NVARCHAR", "NCHAR", "TEXT", "CLOB", "CITEXT",
        "AutoString", "LONGTEXT", "MEDIUMTEXT", "TINYTEXT",
    ),
    "uuid": ("Uuid", "UUID", "UNIQUEIDENTIFIER"),
    "boolean": ("Boolean", "BOOLEAN", "BOOL", "BIT"),
    "float": ("Float", "FLOAT", "REAL", "Double", "DOUBLE", "DOUBLE_PRECISION"),
    "numeric": ("Numeric", "NUMERIC", "DECIMAL"),
    "date": ("Date", "DATE"),
    "datetime": ("DateTime", "DATETIME", "TIMESTAMP"),
    "time": ("Time", "TIME"),
    "interval": ("Interval", "INTERVAL"),
    "binary": ("LargeBinary", "BLOB", "BINARY", "VARBINARY", "BYTEA", "LONGBLOB", "MEDIUMBLOB"),
    "json": ("JSON", "JSONB"),
    "enum": ("Enum", "ENUM"),
    "array": ("ARRAY",),
}  # fmt: skip
_BY_NAME: dict[str, Family] = {name: family for family, names in _FAMILIES.items() for name in names}


def family_of(name: str) -> Family | None:
    """The family of one of SQLAlchemy's own types; None for a name that is none of them."""
    return _BY_NAME.get(name)
