from django.db import migrations, models
from django.db.migrations.state import StateApps

from shop.cleaning import clean


def close(apps: StateApps, schema_editor):
    Order = apps.get_model("shop", "Order")
    Customer = apps.get_model("shop.Customer")
    for order in Order.objects.filter(price__gt=0, buyer__mail__endswith="x").select_related("buyer"):
        order.closed = order.total() > 10
        print(order.buyer.mail, order.buyer_id, order.pk, order.gift.wrapping, order.code)
        #                                                                            ^^^^ unknown-historical-field
        order.save(update_fields=["price", "closed"])
        #                                   ^^^^^^ unknown-historical-field
        order.close()
        #     ^^^^^ unknown-historical-field
    Customer.objects.filter(orders__price=1, orders__gift__wrapping="").exists()
    Customer.objects.filter(purchases__price=1).exists()
    #                       ^^^^^^^^^ unknown-historical-field
    Customer.objects.order_by("-email")
    #                           ^^^^^ unknown-historical-field
    for customer in Customer.objects.all():
        customer.orders.all()
        customer.order_set.all()
        #        ^^^^^^^^^ unknown-historical-field
        print(customer.domain)
        #              ^^^^^^ unknown-historical-field
        customer.note = "given"
        print(customer.note)
        if hasattr(customer, "nickname"):
            print(customer.nickname)
        try:
            print(customer.phone)
        except AttributeError:
            pass


def gifts(apps, schema_editor):
    Gift = apps.get_model("shop", "Gift")
    Gift.objects.filter(price=1, wrapping="x", order_ptr__price=2, buyer__mail="").update(wrapping="y")
    for gift in Gift.objects.all():
        print(gift.total(), gift.price, gift.order_ptr.buyer)
    for post in apps.get_model("blog", "Post").objects.all():  # may be there already, and more of it
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-migration-dependency
        print(post.title, post.subtitle)


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.RunPython(close, migrations.RunPython.noop),
        migrations.RunPython(gifts),
        migrations.AddField("order", "closed", models.BooleanField(default=False)),
        migrations.RunPython(clean),
    ]
