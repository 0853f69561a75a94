from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=100)


class Tag(models.Model):
    word = models.SlugField()


class Book(models.Model):
    title = models.CharField(max_length=100)
    slug = models.SlugField()
    author = models.ForeignKey(Author, models.CASCADE)
    tags = models.ManyToManyField(Tag)
    created = models.DateTimeField(auto_now_add=True)
    secret = models.TextField(editable=False)

    @property
    def shelf(self):
        return self.title[:1]

    def short(self):
        return self.title[:3]


class Shelved(Book):
    class Meta:
        proxy = True


class Chapter(models.Model):
    book = models.ForeignKey(Book, models.CASCADE)
    number = models.IntegerField()
