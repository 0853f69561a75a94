from django.db import migrations


class Migration(migrations.Migration):
    # a new database runs 0002_squashed instead
    dependencies = [("shop", "0001_initial")]
    operations = [migrations.RunSQL("CREATE EXTENSION pg_trgm")]
