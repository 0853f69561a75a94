"""Every function is one query; it fails where it is marked, and nowhere else."""

from app.models import Author, Book


def loaded():
    books = Book.objects.select_related("writer")
    #                                    ^^^^^^ invalid-select-related
    return books.count(), [book.title for book in books]


def handed_out():
    return Book.objects.select_related("writer").filter(author__name="a")
    #                                   ^^^^^^ invalid-select-related


# What follows loads no rows, so Django looks up none of the names.


def dicts():
    return Book.objects.select_related("writer").filter(title="a").values("title")


def tuples():
    books = Book.objects.select_related("author__name")
    books = books.filter(title="a")
    return list(books.order_by("title").values_list("title", flat=True)[:5])


def numbers():
    return Book.objects.select_related("writer").count(), Book.objects.select_related("writer").exists()


def gone():
    return Book.objects.select_related("writer").filter(title="a").delete()


def counted():
    return Author.objects.prefetch_related("books").values("name")


def returned():
    return Shelf.books_of("a").values("title")


def handed_on():
    books = Book.objects.select_related("writer")
    return Shelf.titles(books)


class Shelf:
    @staticmethod
    def books_of(author):
        books = Book.objects.select_related("author", "id")
        if author:
            books = books.filter(author__name=author)
        return books

    @staticmethod
    def titles(books):
        return list(books.values_list("title", flat=True))
