from django.http import JsonResponse
from django.views import View

from app.models import Book
from app.texts import as_text, one_by_one, perhaps, renamed, saved, with_tags


def books(request):
    found = Book.objects.order_by("title")
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-loop
    return JsonResponse({book.title: as_text(book) for book in found})


def tagged(request):
    found = Book.objects.order_by("title")
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-loop
    lines = []
    for book in found:
        lines.append(with_tags("Tags: ", book))
    return JsonResponse({"lines": lines})


def loaded(request):
    found = Book.objects.select_related("author").prefetch_related("tags")
    return JsonResponse({as_text(book): with_tags("", book) for book in found})


def not_surely(request):
    found = Book.objects.order_by("title")
    return JsonResponse({perhaps(book): [saved(book), one_by_one(book)] for book in found})


def one(request):
    for book in Book.objects.order_by("title"):
        return JsonResponse({"text": as_text(book)})


class Shelf(View):
    def text(self, book):
        return book.author.name

    def get(self, request):
        found = Book.objects.filter(title__contains="a")
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-loop
        return JsonResponse({book.title: self.text(book) for book in found})


def branches(request):
    if request.GET:
        found = Book.objects.filter(title="a")
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-loop
    else:
        found = Book.objects.order_by("title")  # told with the other one
    return JsonResponse({book.title: book.author.name for book in found})


def at_times(request):
    first = ""
    for book in Book.objects.order_by("title"):
        if not first:
            first = as_text(book)
    return JsonResponse({"first": first})


def written(request):
    for book in Book.objects.order_by("title"):
        renamed(book)
    return JsonResponse({})
