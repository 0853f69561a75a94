from django.contrib.postgres.fields import ArrayField, HStoreField
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("shop", "0001_initial")]

    operations = [
        AddIndexConcurrently("product", models.Index(fields=["name"], name="product_by_name")),
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
        migrations.AddField("product", "sizes", ArrayField(models.IntegerField(), default=list)),
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
        migrations.AddField("product", "extra", HStoreField(null=True, default=None)),
        migrations.AddField("product", "colours", ArrayField(models.IntegerField(), null=True)),
    ]
