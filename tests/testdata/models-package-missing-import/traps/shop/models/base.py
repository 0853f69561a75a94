from django.db import models


class Numbered(models.Model):
    number = models.CharField(max_length=20)

    class Meta:
        abstract = True
