"""Run inside a Django project: print what Django itself says of the project's models, in the shape of `inspect models`."""

import inspect
import json
import os
import sys


def lookups(model):
    from django.core.exceptions import FieldDoesNotExist, FieldError
    from django.db.models.sql import Query

    names = {"pk"}
    for field in model._meta.get_fields(include_hidden=True):
        names.add(field.name)
        names.add(getattr(field, "attname", field.name))
    good = set()
    for name in names:
        try:
            Query(model).names_to_path([name], model._meta)
            good.add(name)
        except (FieldError, FieldDoesNotExist):
            pass
    return sorted(n for n in good if "+" not in n)


def label(target):
    if target is None or isinstance(target, str):
        return target
    return target._meta.label


def record(model):
    from django.db.models import Model

    meta = model._meta
    forward = [*meta.fields, *meta.many_to_many, *meta.private_fields]
    return {
        "label": None if meta.abstract else meta.label,
        "class": f"{model.__module__}.{model.__qualname__}",
        "abstract": meta.abstract,
        "proxy": meta.proxy,
        "db_table": None if meta.abstract else meta.db_table,
        "pk": meta.pk.name if meta.pk is not None else None,
        "fields": {
            f.name: {
                "attname": f.attname,
                "column": f.column,
                "type": type(f).__name__,
                "class": f"{type(f).__module__}.{type(f).__qualname__}",
                "null": f.null,
                "unique": f.unique,
                "related": label(f.remote_field.model) if f.remote_field else None,
            }
            for f in forward
        },
        "reverse": sorted(
            [r.get_accessor_name() or "", r.name, label(r.related_model)]
            for r in meta.get_fields()
            if r.auto_created and not r.concrete and not r.hidden
        ),
        "lookup_names": [] if meta.abstract else lookups(model),
        "attributes": sorted(n for n in dir(model) if not hasattr(Model, n)),
        "managers": [m.name for m in meta.managers],
    }


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = sys.argv[1]
    sys.path.insert(0, os.getcwd())
    import django

    django.setup()
    from django.db.models import Model

    found = {}
    waiting = [Model]
    while waiting:
        for cls in waiting.pop().__subclasses__():
            waiting.append(cls)
            own = inspect.getmodule(cls)
            if own is not None and os.path.abspath(own.__file__).startswith(os.getcwd()):
                if not cls._meta.auto_created:
                    found[f"{cls.__module__}.{cls.__qualname__}"] = record(cls)
    json.dump(found, sys.stdout)


main()
