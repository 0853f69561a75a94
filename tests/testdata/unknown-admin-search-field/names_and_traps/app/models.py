from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=100)
    born = models.DateField(null=True)


class Tag(models.Model):
    word = models.SlugField()


class Book(models.Model):
    title = models.CharField(max_length=100)
    pages = models.IntegerField()
    data = models.JSONField(default=dict)
    author = models.ForeignKey(Author, models.CASCADE)
    tags = models.ManyToManyField(Tag)

    @property
    def shelf(self):
        return self.title[:1]


class Review(models.Model):
    book = models.ForeignKey(Book, models.CASCADE)
    text = models.TextField()


class CountedManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().annotate(lower=models.functions.Lower("title"))


class Counted(models.Model):
    title = models.CharField(max_length=100)
    objects = CountedManager()
