from django.db import migrations, models

OPERATIONS = [migrations.AddField("thing", name, models.TextField()) for name in ("a", "b")]


def after(apps, schema_editor):
    apps.get_model("app", "Thing").objects.filter(c="")


class Migration(migrations.Migration):
    dependencies = [("app", "0002_more")]
    operations = [*OPERATIONS, migrations.RunPython(after)]
