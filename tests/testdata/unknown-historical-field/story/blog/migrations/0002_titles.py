from django.db import migrations
from django.db.models.functions import Length


def titles(apps, schema_editor):
    Post = apps.get_model("blog", "Post")
    # Of shop, 0002 may have run by now, or not.
    Post.objects.filter(about__closed=True, about__buyer__mail="", about__code="").values("about__cancelled")
    #                                                                                             ^^^^^^^^^ unknown-historical-field
    Post.objects.filter(subtitle="").exclude(about__post__title="x")
    for post in Post.objects.annotate(words=Length("title")):
        print(post.words, post.subtitel)
        #                      ^^^^^^^^ unknown-historical-field


class Migration(migrations.Migration):
    dependencies = [("blog", "0001_initial")]
    operations = [
        migrations.RunPython(code=titles),
        migrations.RemoveField(model_name="post", name="subtitle"),
    ]
