from django.db import models


class RowsManager(models.Manager):
    def __iter__(self):
        return iter(self.all())


class Tag(models.Model):
    name = models.CharField(max_length=50)


class Note(models.Model):
    text = models.CharField(max_length=50)
    book = models.ForeignKey("Book", models.CASCADE)
    objects = RowsManager()


class Author(models.Model):
    name = models.CharField(max_length=50)


class Book(models.Model):
    tags = models.ManyToManyField(Tag)
    author = models.ForeignKey(Author, models.CASCADE)

    def other_tags(self):
        return self.tags.all()
