from django.db import models


class Country(models.Model):
    name = models.CharField(max_length=50)


class Author(models.Model):
    name = models.CharField(max_length=50)
    country = models.ForeignKey(Country, on_delete=models.CASCADE)

    def __str__(self):
        return f"{self.name} ({self.country.name})"


class Tag(models.Model):
    name = models.CharField(max_length=50)


class BookQuerySet(models.QuerySet):
    def cheap(self):
        return self.filter(price__lt=5)

    def whole(self):
        return self.select_related("author__country")


class WithAuthor(models.Manager):
    def get_queryset(self):
        return super().get_queryset().select_related("author")


class Book(models.Model):
    title = models.CharField(max_length=50)
    price = models.IntegerField(default=0)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")
    tags = models.ManyToManyField(Tag, related_name="books")

    objects = BookQuerySet.as_manager()
    complete = WithAuthor()

    def __str__(self):
        return self.title

    @property
    def writer(self):
        return self.author.name.title()

    def byline(self):
        if self.price == 0:
            return ""
        return self.author.name


class Cover(models.Model):
    book = models.OneToOneField(Book, on_delete=models.CASCADE)
    color = models.CharField(max_length=50)

    def spine(self):
        return f"{self.book.title} in {self.color}"
