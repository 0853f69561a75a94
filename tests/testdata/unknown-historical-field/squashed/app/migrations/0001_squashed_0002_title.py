from django.db import migrations, models


def copy(apps, schema_editor):
    Thing = apps.get_model("app", "Thing")
    for thing in Thing.objects.filter(name="", title=""):
        print(thing.size)  # of rows that a new database does not have
    Thing.objects.filter(size=1)
    #                    ^^^^ unknown-historical-field


class Migration(migrations.Migration):
    replaces = [("app", "0001_initial"), ("app", "0002_title")]
    dependencies = []
    operations = [
        migrations.CreateModel(
            "Thing",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("name", models.TextField()),
                ("title", models.TextField(default="")),
            ],
        ),
        migrations.RunPython(copy),
    ]
