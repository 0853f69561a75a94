from django.conf import settings
from django.db import connection


def is_postgres():
    return connection.vendor == "postgresql"


def engine_is_postgres():
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def only_on_postgres(function):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            function(apps, schema_editor)

    return run
