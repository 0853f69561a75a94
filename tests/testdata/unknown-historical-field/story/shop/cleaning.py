from shop.models import Customer


def clean(apps, schema_editor):
    orders = apps.get_model("shop", "Order").objects
    orders.open().filter(closed=True)
    orders.filter(code="x")
    #             ^^^^ unknown-historical-field
    orders.published()
    #      ^^^^^^^^^ unknown-historical-field
    orders.values_list("buyer__email")
    #                          ^^^^^ unknown-historical-field


def mails():
    return Customer.objects.filter(email="")
