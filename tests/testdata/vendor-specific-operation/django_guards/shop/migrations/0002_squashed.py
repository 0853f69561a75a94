from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    replaces = [("shop", "0002_replaced")]
    dependencies = [("shop", "0001_initial")]
    operations = [TrigramExtension()]
