from django.db import models


class RowManager(models.Manager):
    def get_or_create(self, defaults=None, **kwargs):
        return super().get_or_create(defaults=defaults, **kwargs)[0]


class Settings(models.Model):
    name = models.TextField(unique=True)

    objects = RowManager()


class Profile(models.Model):
    name = models.TextField(unique=True)
