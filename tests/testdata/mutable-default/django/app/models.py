from django.db import models


class Book(models.Model):
    meta = models.JSONField(default={})
    #                               ^^ mutable-default
    words = models.JSONField(default=["a"])
    #                                ^^^^^ mutable-default
    good = models.JSONField(default=dict)
    choice = models.CharField(max_length=3, choices=[("a", "A")], default="a")


class TagsField(models.JSONField):
    def to_python(self, value):
        return list(value)


class Page(models.Model):
    tags = TagsField(default=[])
