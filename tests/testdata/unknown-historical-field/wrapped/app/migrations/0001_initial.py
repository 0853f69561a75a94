from django.db import migrations, models


class Migration(migrations.Migration):
    state_operations = [
        migrations.CreateModel(
            "Cover", [("id", models.BigAutoField(primary_key=True)), ("color", models.CharField(max_length=10))]
        ),
        migrations.CreateModel(
            "Page", [("id", models.BigAutoField(primary_key=True)), ("title", models.CharField(max_length=10))]
        ),
    ]
    operations = [migrations.SeparateDatabaseAndState(state_operations=state_operations)]
