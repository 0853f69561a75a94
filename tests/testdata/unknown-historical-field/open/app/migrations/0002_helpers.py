from django.db import migrations


def things(registry):
    return registry.get_model("app", "Thing").objects.all()


def names(apps, field):
    Thing = apps.get_model("app", "Thing")
    return Thing.objects.filter(colour="").values_list(field)
    #                           ^^^^^^ unknown-historical-field


def other(apps):
    return apps.get_model("app", "Thing").objects.filter(colour="")


class Migration(migrations.Migration):
    def forwards(apps, schema_editor):
        things(apps).filter(size=1)
        #                   ^^^^ unknown-historical-field
        names(apps=apps, field="name")
        other(schema_editor)

    dependencies = [("app", "0001_initial")]
    run_before = [("app", "0002_more")]
    operations = [migrations.RunPython(forwards)]
