from .models import Product


def scores():
    return Product.objects.filter(spam_rules__value=1)
    #                             ^^^^^^^^^^ unknown-lookup-field
