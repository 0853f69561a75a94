from functools import partial

from django.db import models


def bound(function):
    return partial(function, currency="EUR")


class Book(models.Model):
    price = models.IntegerField()

    def price_in(self, currency, *, rounded):
        return f"{self.price} {currency} {rounded}"

    def price_with(self, currency="EUR", *args, **kwargs):
        return f"{self.price} {currency}"

    @bound
    def price_bound(self, currency):
        return f"{self.price} {currency}"

    @staticmethod
    def name():
        return "Book"

    def cheaper(self):
        return self.price - 1
