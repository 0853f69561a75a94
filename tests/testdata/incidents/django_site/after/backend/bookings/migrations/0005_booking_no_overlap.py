from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import migrations, models

PERIOD = models.Func("starts_at", "ends_at", function="TSTZRANGE", output_field=DateTimeRangeField())
NO_OVERLAP = ExclusionConstraint(
    name="booking_no_overlap",
    expressions=[(PERIOD, RangeOperators.OVERLAPS), ("room", RangeOperators.EQUAL)],
)


def add_constraint(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.add_constraint(apps.get_model("bookings", "Booking"), NO_OVERLAP)


def remove_constraint(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.remove_constraint(apps.get_model("bookings", "Booking"), NO_OVERLAP)


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0004_btree_gist"),
    ]

    operations = [
        migrations.RunPython(add_constraint, remove_constraint),
    ]
