from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0003_booking_title_search"),
    ]

    operations = [
        BtreeGistExtension(),
    ]
