from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from somewhere import Mixin, import_model


class Shelf(models.QuerySet):
    def filter(self, *args, **kwargs):
        kwargs.pop("colour", None)
        return super().filter(*args, **kwargs)

    def counted(self):
        return self.annotate(n=models.Count("id"))


class Keeper(models.Manager):
    def get_queryset(self):
        return super().get_queryset().annotate(pages=models.Value(1))


class Timed(models.Model):
    made = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @classmethod
    def recent(cls):
        return cls.objects.filter(title="every class below has one")


class Book(Timed):
    title = models.CharField(max_length=40)
    shelf = Shelf.as_manager()
    objects = Keeper()


class Foreign(Mixin):
    name = models.CharField(max_length=40)


class Foreigner(Mixin, models.Model):
    name = models.CharField(max_length=40)


class Person(AbstractUser):
    nick = models.CharField(max_length=40)


Chosen = import_model(getattr(settings, "BASE_OF_ENTRIES", "app.models.Timed"))


class Entry(Chosen):
    text = models.CharField(max_length=40)


class Shown(models.QuerySet):
    def with_age(self):
        return self.annotate(age=models.Value(1))

    def old(self):
        return self.filter(age__gt=1)

    @property
    def summary(self):
        return self.aggregate(old=models.Count("pk", filter=models.Q(age__gt=1)))


class Painting(models.Model):
    objects = Shown.as_manager()
