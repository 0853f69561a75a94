"""Run inside a folder of modules: print what SQLAlchemy itself says of their tables and mappers, shaped as `inspect` prints it."""

import gc
import importlib
import itertools
import json
import pkgutil
import sys

from sqlalchemy import Column, Index, PrimaryKeyConstraint, UniqueConstraint

DIRECTIONS = {"ONETOMANY": "one-to-many", "MANYTOONE": "many-to-one", "MANYTOMANY": "many-to-many"}


def column(found):
    assert all(key.column is not None for key in found.foreign_keys)  # raises where one leads nowhere
    return {
        "name": found.name,
        "type": type(found.type).__name__,
        "nullable": found.nullable,
        "primary_key": found.primary_key,
        "index": bool(found.index),
        "unique": bool(found.unique),
        "foreign_keys": sorted([key.target_fullname, key.ondelete or ""] for key in found.foreign_keys),
    }


def paths(table):
    """The columns that each key, unique constraint and index starts with, up to its first expression."""
    found = []
    for path in [*table.constraints, *table.indexes]:
        if isinstance(path, (PrimaryKeyConstraint, UniqueConstraint, Index)) and "where" not in str(
            dict(path.dialect_kwargs)
        ):
            columns = [getattr(c, "element", c) for c in getattr(path, "expressions", path.columns)]
            found.append([c.name for c in itertools.takewhile(lambda c: isinstance(c, Column), columns)])
    return sorted(path for path in found if path)


def pairs(found):
    """Each foreign column with the one whose value it gets."""
    return sorted(
        [f"{foreign.table.fullname}.{foreign.name}", f"{referenced.table.fullname}.{referenced.name}"]
        for referenced, foreign in [*found.synchronize_pairs, *(found.secondary_synchronize_pairs or ())]
    )


def inheritance(mapper):
    if mapper.inherits is None:
        return ""
    if mapper.concrete:
        return "concrete"
    return "single" if mapper.local_table is mapper.inherits.local_table else "joined"


def main(package):
    sys.path.insert(0, ".")
    for module in pkgutil.walk_packages([package], f"{package}."):
        importlib.import_module(module.name)
    from sqlalchemy import MetaData
    from sqlalchemy.orm import configure_mappers
    from sqlalchemy.orm.mapper import _all_registries

    configure_mappers()
    tables, mappers = [], []
    for metadata in [o for o in gc.get_objects() if isinstance(o, MetaData)]:
        for table in metadata.tables.values():
            if table.schema == "pg_catalog":  # the dialect's own
                continue
            tables.append(
                {
                    "name": table.name,
                    "schema": table.schema,
                    "columns": [column(c) for c in table.columns],
                    "paths": paths(table),
                    "named": sorted(str(c.name) for c in [*table.constraints, *table.indexes] if c.name),
                }
            )
    for registry in _all_registries():
        for mapper in registry.mappers:
            if not mapper.class_.__module__.startswith(f"{package}."):
                continue
            mappers.append(
                {
                    "class": f"{mapper.class_.__module__}.{mapper.class_.__qualname__}",
                    "table": getattr(mapper.local_table, "fullname", None),
                    "columns": sorted(attribute.key for attribute in mapper.column_attrs),
                    "inheritance": inheritance(mapper),
                    "attributes": sorted(mapper.all_orm_descriptors.keys()),
                    "relationships": [
                        {
                            "key": r.key,
                            "target": f"{r.mapper.class_.__module__}.{r.mapper.class_.__qualname__}",
                            "secondary": getattr(r.secondary, "fullname", None),
                            "back_populates": r.back_populates,
                            "uselist": r.uselist,
                            "direction": DIRECTIONS[r.direction.name],
                            "viewonly": r.viewonly,
                            "cascade": sorted(r.cascade),
                            "pairs": pairs(r),
                        }
                        for r in mapper.relationships
                    ],
                }
            )
    print(json.dumps({"tables": tables, "mappers": mappers}))


main(sys.argv[1])
