from app.models import Book


def rated():
    books = list(Book.objects.all())
    for book in books:
        book.rating = 5
        book.price = book.extra = book.other = book.left = book.anything = 1
    return books
