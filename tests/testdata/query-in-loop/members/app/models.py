from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=50)

    def as_dict(self):
        return {"name": self.name}


class Book(models.Model):
    title = models.CharField(max_length=50)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")

    @property
    def writer(self):
        return self.author.name

    def as_dict(self):
        return {"title": self.title, "author": self.author.as_dict()}

    def line(self):
        return f"{self.title} by {self.writer}"

    def perhaps(self, whole=False):
        if whole:
            return self.author.name
        return self.title

    def own(self):
        return [book.title for book in self.author.books.all()] if self.title else []
