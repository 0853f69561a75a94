import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def after(apps, schema_editor):
    Customer = apps.get_model("shop", "Customer")
    Purchase = apps.get_model("shop", "Purchase")
    Customer.objects.filter(email="", purchases__code="").exclude(purchases__closed=True)
    Customer.objects.filter(mail="")
    #                       ^^^^ unknown-historical-field
    Customer.objects.filter(orders=None)
    #                       ^^^^^^ unknown-historical-field
    Purchase.objects.create(buyer=Customer(email="x"), price=1, code="", state="x")
    #                                                                    ^^^^^ unknown-historical-field
    Purchase.objects.filter(post__title="")  # a relation of an app that may have come this far
    Purchase.objects.filter(gift__wrapping="")


def before(apps, schema_editor):
    apps.get_model("shop", "Customer").objects.filter(email="")
    apps.get_model("shop", "Order").objects.filter(code="")
    apps.get_model("shop", "Order").DoesNotExist
    apps.get_model("shop", "Order").drafts
    #                               ^^^^^^ unknown-historical-field


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_closed")]
    operations = [
        migrations.RenameField("customer", "mail", "email"),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AddField("order", "code", models.CharField(max_length=20, default=""))]
        ),
        migrations.RunPython(before),
        migrations.RenameModel("Order", "Purchase"),
        migrations.AlterField(
            "purchase",
            "buyer",
            models.ForeignKey(settings.AUTH_USER_MODEL, django.db.models.deletion.CASCADE, related_name="purchases"),
        ),
        migrations.RunPython(after, reverse_code=after),
    ]
