from django.db import models


class Customer(models.Model):
    number = models.CharField(max_length=20)
