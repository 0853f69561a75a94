from django.db import migrations


def add_index(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    schema_editor.execute("CREATE INDEX booking_title_search ON bookings_booking USING gin (title gin_trgm_ops)")


def remove_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS booking_title_search")


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0002_booking_ends_after_start"),
    ]

    operations = [
        migrations.RunPython(add_index, remove_index),
    ]
