from django.db import migrations, models


class Migration(migrations.Migration):
    """It stands for migrations that are not there any more."""

    replaces = [("core", "0001_initial"), ("core", "0002_partner")]
    initial = True
    dependencies = []
    operations = [migrations.CreateModel("Partner", [("id", models.BigAutoField(primary_key=True))])]
