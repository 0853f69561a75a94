from django.db import models


class BookQuerySet(models.QuerySet):
    async def count(self):
        return await self.acount()


class Author(models.Model):
    name = models.CharField(max_length=50)


class Book(models.Model):
    title = models.CharField(max_length=50)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")

    objects = BookQuerySet.as_manager()


class Page(models.Model):
    number = models.IntegerField()

    async def save(self, *args, **kwargs):
        await self.asave(*args, **kwargs)
