from django.db import models


class Basket(models.Model):
    total = models.IntegerField()
