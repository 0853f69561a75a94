from django.db import migrations

from app.operations import AddEverything


def before(apps, schema_editor):
    apps.get_model("app", "Thing").objects.filter(colour="")
    #                                             ^^^^^^ unknown-historical-field
    apps.get_model("app", "Odd").objects.filter(colour="")
    apps.get_model("elsewhere", "Thing").objects.filter(colour="")
    apps.get_model("app", "Thing").objects.filter(colour__in=[], **{"size": 1})
    #                                             ^^^^^^ unknown-historical-field
    #                                                                ^^^^ unknown-historical-field


def after(apps, schema_editor):
    apps.get_model("app", "Thing").objects.filter(colour="")


class Migration(migrations.Migration):
    dependencies = [("app", "0001_initial")]
    operations = [migrations.RunPython(before), AddEverything(), migrations.RunPython(after)]
