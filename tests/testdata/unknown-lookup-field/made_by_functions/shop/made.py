from django.db import models


def scoped(base=models.Manager, **scopes):
    class Scoped(base):
        def get_queryset(self):
            return super().get_queryset().filter(**scopes)

    return Scoped()


def counting(base=models.Manager):
    class Counting(base):
        def get_queryset(self):
            return super().get_queryset().annotate(lines=models.Count("line"))

    return Counting()


def counted(name):
    class Mixin:
        def delete(self, *args, **kwargs):
            print(name)
            return super().delete(*args, **kwargs)

    return Mixin


def based(base):
    class Mixin(base):
        pass

    return Mixin
