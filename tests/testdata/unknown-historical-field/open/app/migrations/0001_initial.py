from django.db import migrations, models

from app.operations import Grant


class Migration(migrations.Migration):
    dependencies = []
    operations = [
        migrations.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]),
        migrations.CreateModel(
            "Odd", [("id", models.BigAutoField(primary_key=True))], bases=(unknown.Base, models.Model)
        ),
        Grant(),
    ]
