from django.conf import settings
from django.db import connection, migrations

SQL = "ALTER TABLE shop_room ALTER COLUMN name TYPE text"


def asks_for_the_wrong_one(apps, schema_editor):
    if connection.vendor == "sqlite":
        schema_editor.execute(SQL)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation


def compares_the_engine_with_a_vendor(apps, schema_editor):
    if settings.DATABASES["default"]["ENGINE"] == "sqlite":
#                                                 ^^^^^^^^ unknown-vendor-name
        return
    schema_editor.execute(SQL)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_squashed")]
    operations = [
        migrations.RunPython(asks_for_the_wrong_one),
        migrations.RunPython(compares_the_engine_with_a_vendor),
    ]
