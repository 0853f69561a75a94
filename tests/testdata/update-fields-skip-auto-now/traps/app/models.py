from django.db import models
from elsewhere.models import Stamped, stamps


class Page(models.Model):
    title = models.TextField()
    seen = models.DateTimeField(null=True)
    read_count = models.IntegerField(default=0)
    modified = models.DateTimeField(auto_now=True)


class Adding(models.Model):
    title = models.TextField()
    modified = models.DateTimeField(auto_now=True)

    def save(self, *args, update_fields=None, **kwargs):
        if update_fields:
            update_fields = {*update_fields, "modified"}
        super().save(*args, update_fields=update_fields, **kwargs)


class Ignoring(models.Model):
    title = models.TextField()
    modified = models.DateTimeField(auto_now=True)

    def save(self, **kwargs):
        super().save()
#       ^^^^^^^^^^^^^^ save-signature


class Plain(models.Model):
    title = models.TextField()
    created = models.DateTimeField(auto_now_add=True)


class Chosen(models.Model):
    title = models.TextField()
    modified = models.DateTimeField(auto_now=stamps())


class Elsewhere(Stamped):
    title = models.TextField()
    modified = models.DateTimeField(auto_now=True)
