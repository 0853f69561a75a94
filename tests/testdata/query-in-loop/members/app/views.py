from django.http import JsonResponse

from app.models import Author, Book


def methods(request):
    return JsonResponse({"books": [book.as_dict() for book in Book.objects.all()]})
#                                                             ^^^^^^^^^^^^^^^^^^ query-in-loop


def properties(request):
    found = []
    for number, book in enumerate(Book.objects.order_by("title")):
#                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-loop
        found.append((number, book.writer))
    return JsonResponse({"books": found})


def through_others(request):
    books = Book.objects.filter(title="a")
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-loop
    return JsonResponse({"lines": [book.line() for book in books]})


def loaded(request):
    books = Book.objects.select_related("author")
    return JsonResponse({"lines": [(book.line(), book.as_dict(), book.writer) for book in books]})


def silent(request):
    lines = [(book.perhaps(), book.own(), book.line) for book in Book.objects.all()]
    return JsonResponse({"lines": lines, "authors": [author.as_dict() for author in Author.objects.all()]})
