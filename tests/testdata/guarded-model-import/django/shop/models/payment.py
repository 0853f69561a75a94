from django.db import models


class Payment(models.Model):
    number = models.CharField(max_length=20)
