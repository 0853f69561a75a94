from django.db import migrations


def tags(apps, schema_editor):
    apps.get_model("sites", "Site")  # perhaps a dependency of taggit's own


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_items"), ("taggit", "0001_initial")]
    operations = [migrations.RunPython(tags)]
