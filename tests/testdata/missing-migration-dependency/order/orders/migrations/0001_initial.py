from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = []
    operations = [
        migrations.CreateModel("Order", [("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel("Line", [("id", models.BigAutoField(primary_key=True))]),
    ]
