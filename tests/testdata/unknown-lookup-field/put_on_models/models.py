from django.db import models


class Post(models.Model):
    title = models.CharField(max_length=3)


class Image(models.Model):
    title = models.CharField(max_length=3)


class Note(models.Model):
    title = models.CharField(max_length=3)


class Link(models.Model):
    title = models.CharField(max_length=3)


for field in ("likes", "shares"):
    Post.add_to_class(field, models.IntegerField(default=0))

for model in (Image, Note):
    model.add_to_class("views", models.IntegerField(default=0))
    model.add_to_class("%s_size" % model.__name__.lower(), models.IntegerField(default=0))


def counted(cls, name):
    cls.add_to_class(name, models.IntegerField(default=0))


counted(Link, "clicks")


def totals():
    Post.objects.filter(likes=1, shares=1)
    Image.objects.filter(views=1, image_size=1)
    Note.objects.filter(views=1, note_size=1)
    Link.objects.filter(clicks=1, visits=1)
#                                 ^^^^^^ unknown-lookup-field
    Post.objects.filter(loves=1)
#                       ^^^^^ unknown-lookup-field
