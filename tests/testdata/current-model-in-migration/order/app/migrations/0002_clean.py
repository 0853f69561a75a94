from django.db import DatabaseError, migrations, models

from app.models import Article, Tag, upload_to


def reads(apps, schema_editor):
    for article in Article.objects.filter(title=""):
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ current-model-in-migration
        article.save()


def writes(apps, schema_editor):
    from app.models import Article as Current

    Current.objects.get_or_create(title="First")


def asks_for_less(apps, schema_editor):
    if Article.objects.count() and Article.objects.filter(title="").exists():
        Article.objects.update(title="a")
        list(Article.objects.values("title"))
        list(Article.objects.only("title"))


def expects_it(apps, schema_editor):
    try:
        Article.objects.get(title="a")
    except DatabaseError:
        pass


def asks_others(apps, schema_editor):
    Tag.objects.create(word="a")
    apps.get_model("app", "Article").objects.create(title=upload_to(None, "a"))


class Migration(migrations.Migration):
    dependencies = [("app", "0001_initial")]
    operations = [
        migrations.RunPython(reads, migrations.RunPython.noop),
        migrations.RunPython(asks_for_less, migrations.RunPython.noop),
        migrations.RunPython(expects_it, migrations.RunPython.noop),
        migrations.RunPython(asks_others, migrations.RunPython.noop),
        migrations.AddField("article", "slug", models.SlugField(default="")),
    ]
