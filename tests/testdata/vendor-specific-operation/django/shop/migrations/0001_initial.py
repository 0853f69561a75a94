import django.contrib.postgres.fields
from django.contrib.postgres import constraints
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import BtreeGistExtension, CreateCollation
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    operations = [
        BtreeGistExtension(),
        CreateCollation("german", provider="icu", locale="de-x-icu"),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("name", models.CharField(max_length=100)),
                ("tags", django.contrib.postgres.fields.ArrayField(models.CharField(max_length=10), default=list)),
                ("sold", django.contrib.postgres.fields.DateRangeField(null=True)),
            ],
            options={
                "indexes": [GinIndex(fields=["tags"], name="product_tags")],
                "constraints": [
                    constraints.ExclusionConstraint(name="one_sale", expressions=[("sold", "&&")]),
                  # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
                ],
            },
        ),
        migrations.AddIndex("product", GinIndex(fields=["name"], name="product_name")),
    ]
