from django.db import migrations


def add_extension(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")


def remove_extension(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP EXTENSION IF EXISTS btree_gist")


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0003_booking_title_search"),
    ]

    operations = [
        migrations.RunPython(add_extension, remove_extension),
    ]
