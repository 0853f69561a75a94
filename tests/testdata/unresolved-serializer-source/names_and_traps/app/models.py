from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=100)

    def initials(self):
        return self.name[:1]


class Book(models.Model):
    title = models.CharField(max_length=100)
    author = models.ForeignKey(Author, models.CASCADE, null=True)

    @property
    def first(self):
        return self.chapter_set.first()


class Chapter(models.Model):
    book = models.ForeignKey(Book, models.CASCADE)


class Event(models.Model):
    title = models.CharField(max_length=100)
