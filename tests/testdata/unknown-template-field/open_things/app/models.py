from django.db import models
from somewhere.models import Unseen


class Foreign(Unseen):
    name = models.CharField(max_length=10)


class Proxying(models.Model):
    data = models.JSONField()

    def __getattr__(self, name):
        return self.data[name]


class Page(models.Model):
    title = models.CharField(max_length=10)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    price: int

    def load(self):
        self.body = "text"


class BlogPage(Page):
    intro = models.TextField()


class Marked(models.Model):
    title = models.CharField(max_length=10)


def mark(thing, name):
    setattr(thing, "marked_at", name)
    if hasattr(thing, "shape"):
        return thing.shape
