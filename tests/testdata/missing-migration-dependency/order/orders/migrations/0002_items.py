from django.db import migrations


def items(apps, schema_editor):
    apps.get_model("stock", "Item")
    apps.get_model("stock", "Part")  # may be there already
    found = apps.get_model("stock", "Bin")
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-migration-dependency
    apps.get_model("auth", "User")


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial"), ("stock", "0001_initial")]
    operations = [migrations.RunPython(items)]
