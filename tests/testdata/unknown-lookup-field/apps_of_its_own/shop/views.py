from django.db.models import Sum

from .models import Product


def scores():
    return Product.objects.annotate(score=Sum("spam_rules__value"))
