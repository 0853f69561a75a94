"""Nothing here reaches MySQL: the project installs a driver for PostgreSQL and none for MySQL."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunSQL("UPDATE shop_item SET price = '1'::integer")]
