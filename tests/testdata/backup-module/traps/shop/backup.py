from shop.models import Order


def dump():
    return list(Order.objects.values())
