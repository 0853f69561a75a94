from django.db import models


class Address(models.Model):
    number = models.CharField(max_length=20)
