from django.db import migrations, models


def fill(apps, schema_editor):
    Partner = apps.get_model("core", "Partner")
    Partner.objects.first()
    apps.get_model("core", "Parnter")
    #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-migration-dependency


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0002_partner")]
    operations = [
        migrations.CreateModel("Order", [("id", models.BigAutoField(primary_key=True))]),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
