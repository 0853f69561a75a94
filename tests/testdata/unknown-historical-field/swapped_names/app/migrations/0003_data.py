from django.db import migrations


def forward(apps, schema_editor):
    apps.get_model("app", "Ingredient").objects.filter(step__isnull=True).delete()
    apps.get_model("app", "Food").objects.filter(step__isnull=True)
    apps.get_model("app", "Unit").objects.filter(step__isnull=True)
    #                                            ^^^^ unknown-historical-field


class Migration(migrations.Migration):
    dependencies = [("app", "0002_rename")]
    operations = [migrations.RunPython(forward)]
