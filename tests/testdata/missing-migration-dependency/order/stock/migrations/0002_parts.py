from django.db import migrations, models


def parts(apps, schema_editor):
    apps.get_model("stock", "Part")
    found = apps.get_model("stock.Crate")
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-migration-dependency
    apps.get_model("auth", "Group")
    apps.get_model("contenttypes", "ContentType")
    found = apps.get_model("sites", "Site")
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-migration-dependency
    apps.get_model("taggit", "Tag")
    found = apps.get_model("orders", "Order")
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-migration-dependency
    apps.get_model("orders", "Line")
    try:
        apps.get_model("stock", "Shelf")
    except LookupError:
        pass


def boxes(apps, schema_editor):
    if apps.is_installed("django.contrib.sites"):
        apps.get_model("sites", "Site")
    apps.get_model("stock", "Box")


class Migration(migrations.Migration):
    dependencies = [("stock", "0001_initial")]
    operations = [
        migrations.CreateModel("Part", [("id", models.BigAutoField(primary_key=True))]),
        migrations.RunPython(parts),
        migrations.CreateModel("Crate", [("id", models.BigAutoField(primary_key=True))]),
        migrations.RenameModel("Crate", "Box"),
        migrations.RunPython(boxes),
    ]
