from django.db import models
from elsewhere.models import Unread


class Taking(models.Model):
    title = models.TextField()

    def __init__(self, *args, **kwargs):
        self.hint = kwargs.pop("hint", None)
        super().__init__(*args, **kwargs)


class TaskManager(models.Manager):
    def create(self, owner_name=None, **kwargs):
        return super().create(owner=owner_name, **kwargs)


class Task(models.Model):
    owner = models.TextField()

    objects = TaskManager()


class Open(Unread):
    title = models.TextField()


def made(function):
    return property(function, function)


class Odd(models.Model):
    title = models.TextField()
    shown = property(lambda self: self.title, lambda self, value: None)

    @made
    def other(self, value=None):
        return self.title


class Base(models.Model):
    class Meta:
        abstract = True

    @classmethod
    def add(cls, title):
        return cls.objects.create(title=title)

    @classmethod
    def build(cls):
        return cls(title="x")


class Note(Base):
    title = models.TextField()


class Parent(models.Model):
    name = models.TextField()

    @classmethod
    def build(cls):
        return cls(slug="x")


class Child(Parent):
    slug = models.TextField()


class Tag(models.Model):
    note = models.ForeignKey(Note, models.CASCADE)
