from django.db import models
from elsewhere.fields import ListedManyToManyField


class Tag(models.Model):
    word = models.CharField(max_length=20)


class Kept(models.ManyToManyField):
    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, self.name, KeptRows(self))


class KeptRows:
    def __init__(self, field):
        self.field = field

    def __set__(self, row, tags):
        row.__dict__["kept"] = tags


class Book(models.Model):
    kept = Kept(Tag, related_name="+")
    tags = models.ManyToManyField(Tag)


class Listed(models.Model):
    tags = ListedManyToManyField(Tag)


class Guarded(models.Model):
    tags = models.ManyToManyField(Tag)

    def __setattr__(self, name, value):
        if name == "tags":
            self.new_tags = value
        else:
            super().__setattr__(name, value)


class Post(models.Model):
    tags = models.ManyToManyField(Tag)

    def prepare(self):
        self.tags = []


class Draft(Post):
    tags = None


class Shelf:
    tags = ()
