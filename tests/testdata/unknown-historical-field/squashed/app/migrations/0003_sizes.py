from django.db import migrations, models


def sizes(apps, schema_editor):
    Thing = apps.get_model("app", "Thing")
    Thing.objects.filter(title="").update(size=1, named="x")
    #                                             ^^^^^ unknown-historical-field


class Migration(migrations.Migration):
    dependencies = [("app", "0002_title")]
    operations = [migrations.AddField("thing", "size", models.IntegerField(null=True)), migrations.RunPython(sizes)]
