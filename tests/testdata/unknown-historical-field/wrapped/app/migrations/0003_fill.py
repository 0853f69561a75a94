from django.db import migrations


def fill(apps, schema_editor):
    Cover = apps.get_model("app", "Cover")
    Page = apps.get_model("app", "Page")
    for cover in Cover.objects.filter(page__isnull=False):
        cover.page.save()
    Page.objects.filter(titel="a").update(cover=None)
    #                   ^^^^^ unknown-historical-field


class Migration(migrations.Migration):
    dependencies = [("app", "0002_cover")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
