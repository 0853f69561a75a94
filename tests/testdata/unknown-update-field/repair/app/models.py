from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=50)
    page_count = models.IntegerField(default=0)


def count(book: Book):
    book.save(update_fields="title")
    #                       ^^^^^^^ unknown-update-field
    book.save(update_fields=("title"))
    #                        ^^^^^^^ unknown-update-field
    Book.objects.update(page_counts=1)
    #                   ^^^^^^^^^^^ unknown-update-field
    book.save(update_fields=["title", 'pagecount'])
    #                                  ^^^^^^^^^ unknown-update-field
