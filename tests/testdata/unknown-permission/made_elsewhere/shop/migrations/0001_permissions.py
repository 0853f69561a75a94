from django.db import migrations


def make(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    for action in ("lend", "burn"):
        Permission.objects.create(codename=f"{action}_book", name=action)


class Migration(migrations.Migration):
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(make)]
