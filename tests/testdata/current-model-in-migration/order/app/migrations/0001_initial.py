from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            "Article", [("id", models.BigAutoField(primary_key=True)), ("title", models.CharField(max_length=100))]
        ),
        migrations.CreateModel(
            "Tag", [("id", models.BigAutoField(primary_key=True)), ("word", models.CharField(max_length=20))]
        ),
    ]
