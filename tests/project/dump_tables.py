"""Run inside a folder of modules: print what SQLAlchemy itself says of their tables and mappers, shaped as `inspect` prints it."""

import gc
import importlib
import json
import pkgutil
import sys


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
            tables.append({"name": table.name, "schema": table.schema, "columns": [column(c) for c in table.columns]})
    for registry in _all_registries():
        for mapper in registry.mappers:
            if not mapper.class_.__module__.startswith(f"{package}."):
                continue
            mappers.append(
                {
                    "class": f"{mapper.class_.__module__}.{mapper.class_.__qualname__}",
                    "table": getattr(mapper.local_table, "fullname", None),
                    "columns": sorted(attribute.key for attribute in mapper.column_attrs),
                    "relationships": [
                        {
                            "key": r.key,
                            "target": f"{r.mapper.class_.__module__}.{r.mapper.class_.__qualname__}",
                            "secondary": getattr(r.secondary, "fullname", None),
                            "back_populates": r.back_populates,
                            "uselist": r.uselist,
                        }
                        for r in mapper.relationships
                    ],
                }
            )
    print(json.dumps({"tables": tables, "mappers": mappers}))


main(sys.argv[1])
