from app.models import Book


def names(request):
    return [book.author.name for book in Book.objects.all()]
