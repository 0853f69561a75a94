from django.conf import settings
from django.db import connection

ENGINE = settings.DATABASES["default"]["ENGINE"]


def asks(vendor, product, engine):
    if connection.vendor == "postgresql" or connection.vendor == "microsoft":
        return 1
    if "postgres" in ENGINE or "sqlite3" in settings.DATABASES["default"]["ENGINE"]:
        return 2
    if ENGINE == "django.db.backends.sqlite3" or ENGINE.endswith("sqlite3"):
        return 3
    if vendor == "postgres" or product.vendor == "postgres" or engine.name == "sqlite3":
        return 4
    return settings.CACHE["ENGINE"] == "postgresql"
