from django.db import migrations, models

from app.models import Article


def after(apps, schema_editor):
    Article.objects.create(title="a")


def before(apps, schema_editor):
    Article.objects.create(title="a")
    #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ current-model-in-migration


class Migration(migrations.Migration):
    dependencies = [("app", "0002_clean")]
    operations = [
        migrations.RunPython(before, migrations.RunPython.noop),
        migrations.AddField("article", "status", models.CharField(max_length=20, default="draft")),
        migrations.AddField("tag", "articles", models.ManyToManyField("app.Article")),
        migrations.CreateModel(
            "Special",
            [("tag_ptr", models.OneToOneField("app.Tag", models.CASCADE, parent_link=True, primary_key=True)),
             ("more", models.TextField(default=""))],
            bases=("app.tag",),
        ),
        migrations.RunPython(after, migrations.RunPython.noop),
    ]
