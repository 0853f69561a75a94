from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("shop", "0001_initial")]
    initial = True
    dependencies = [("core", "0002_partner")]
    operations = [migrations.CreateModel("Order", [("id", models.BigAutoField(primary_key=True))])]
