from django.db import models
from django.utils.functional import cached_property


class Author(models.Model):
    name = models.CharField(max_length=40)

    @property
    def initial(self):
        return self.name[0]

    def books(self):
        return self.book_set.count()


class Book(models.Model):
    title = models.CharField(max_length=40)
    author = models.ForeignKey(Author, models.CASCADE)

    @cached_property
    def words(self):
        return self.title.split()

    @property
    def total(self):
        return self._total

    @total.setter
    def total(self, value):
        self._total = value
