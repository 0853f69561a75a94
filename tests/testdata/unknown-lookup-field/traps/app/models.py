from django.contrib.auth.models import AbstractUser
from django.db import models
from somewhere import Mixin


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
