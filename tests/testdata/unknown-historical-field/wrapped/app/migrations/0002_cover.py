import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("app", "0001_initial")]
    operations = [
        migrations.AddField(
            "page", "cover", models.OneToOneField("app.Cover", django.db.models.deletion.CASCADE, null=True)
        ),
    ]
