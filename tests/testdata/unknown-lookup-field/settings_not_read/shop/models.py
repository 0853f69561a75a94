from django.conf import settings
from django.db import models


class Order(models.Model):
    title = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
