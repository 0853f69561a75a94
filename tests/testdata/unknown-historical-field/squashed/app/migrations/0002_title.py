from django.db import migrations, models


def copy(apps, schema_editor):
    for thing in apps.get_model("app", "Thing").objects.filter(name="", title=""):
        thing.title = thing.name
        thing.save()
        print(thing.size)
        #           ^^^^ unknown-historical-field


def sizes(apps, schema_editor):
    apps.get_model("app", "Thing").objects.filter(size=1)
    #                                             ^^^^ unknown-historical-field


class Migration(migrations.Migration):
    dependencies = [("app", "0001_initial")]
    operations = [
        migrations.AddField("thing", "title", models.TextField(default="")),
        migrations.RunPython(copy),
        migrations.RunPython(sizes),
    ]
