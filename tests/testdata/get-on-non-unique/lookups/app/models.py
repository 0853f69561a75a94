from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class Album(models.Model):
    slug = models.SlugField(unique=True)
    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE)


class Photo(models.Model):
    album = models.ForeignKey(Album, models.CASCADE)
    image = models.CharField(max_length=100)
    number = models.IntegerField()
    taken = models.DateTimeField()

    class Meta:
        unique_together = ("album", "number")


class Page(models.Model):
    slug = models.SlugField(unique_for_date="day")
    day = models.DateField()
    draft = models.BooleanField()
    email = models.EmailField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=Q(draft=False), name="one_page"),
            models.UniqueConstraint(Lower("email"), name="no_case"),
        ]


class ShownManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(shown=True)


class Shown(models.Model):
    name = models.TextField()
    shown = models.BooleanField()

    objects = ShownManager()
