from django.conf import settings
from django.db import connection

_ENGINE = None


def first(schema_editor):
    if connection.vendor == "postgres":
#                           ^^^^^^^^^^ unknown-vendor-name
        return 1
    if schema_editor.connection.vendor in ("sqlite3", "mysql"):
#                                          ^^^^^^^^^ unknown-vendor-name
        return 2


def second():
    global _ENGINE
    _ENGINE = settings.DATABASES["default"]["ENGINE"]
    if _ENGINE == "django.db.backends.mysql":
        return 1
    elif _ENGINE == "postgresql":
#                   ^^^^^^^^^^^^ unknown-vendor-name
        return 2
    return settings.DATABASES["default"].get("ENGINE") != "sqlite"
#                                                         ^^^^^^^^ unknown-vendor-name


def third(op):
    return op.get_bind().dialect.name == "postgres"
#                                        ^^^^^^^^^^ unknown-vendor-name
