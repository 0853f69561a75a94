"""Written for PostgreSQL, the only database that a run is known to have."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunSQL("UPDATE shop_item SET price = '1'::integer")]
