from app.models import Book


def rated():
    books = list(Book.objects.all())
    for book in books:
        book.rating = 5
    return books
