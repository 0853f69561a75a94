from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.generic import ListView
from django.views.generic.list import BaseListView

from app.models import Author, Book


def plain(request):
    books = Book.objects.order_by("title")
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-template-loop
    return render(request, "app/books.html", {"books": books})


def by_steps(request):
    context = {}
    context["books"] = Book.objects.cheap()
#                      ^^^^^^^^^^^^^^^^^^^^ query-in-template-loop
    context.update(authors=Author.objects.all())
#                          ^^^^^^^^^^^^^^^^^^^^ query-in-template-loop
    return render(request, "app/books_and_authors.html", context)


def pages(request):
    return render(request, "app/books.html", {"books": paginated(request, Book.objects.filter(price=3))})
#                                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-template-loop


def paginated(request, rows, number=20):
    return Paginator(rows, number).get_page(request.GET.get("page"))


def some(request):
    books = [book for book in Book.objects.all() if book.price]
#                             ^^^^^^^^^^^^^^^^^^ query-in-template-loop
    return render(request, "app/included.html", locals())


def mailed(address):
    send("report", {"books": Book.objects.all(), "address": address})
#                            ^^^^^^^^^^^^^^^^^^ query-in-template-loop


def send(name, context):
    return render_to_string("app/mail/%s.txt.html" % name, context)


class Books(ListView):
    model = Book
#           ^^^^ query-in-template-loop
    template_name = "app/object_list.html"


class Chosen(ListView):
    template_name = "app/object_list.html"
    context_object_name = "chosen"

    def get_queryset(self):
        rows = Book.objects.filter(price=2)
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-template-loop
        if self.request.GET.get("q"):
            rows = rows.filter(title=self.request.GET["q"])
        return rows


class Whole(ListView):
    queryset = Book.objects.whole().prefetch_related("tags").select_related("cover")
    template_name = "app/object_list.html"


def loaded(request, name, pk):
    books = Book.objects.select_related("author__country", "cover").prefetch_related("tags")
    if name == "complete":
        books = Book.complete.select_related("author__country", "cover").prefetch_related("tags").all()
    author = get_object_or_404(Author, pk=pk)
    return render(request, "app/books.html", {"books": books, "own": author.books.all()})


def sometimes(request, with_author):
    books = Book.objects.order_by("price")
    if with_author:
        books = books.select_related("author", "author__country", "cover").prefetch_related("tags")
    return render(request, "app/books.html", {"books": books})


def uncertain(request, books, wanted):
    return render(request, "app/books.html", {"books": books, "own": Book.objects.select_related(*wanted)})


def few(request):
    return render(request, "app/books.html", {"books": Book.objects.all()[:5]})


def doubtful(request):
    return render(request, "app/lines.html", {"books": Book.objects.all()})


def rows_or(rows=None):
    if rows is None:
        rows = Book.objects.all()
    return rows


def given(request):
    books = rows_or(Book.objects.select_related("author", "author__country", "cover").prefetch_related("tags"))
    return render(request, "app/books.html", {"books": books})


def nothing_there(request):
    books = Book.objects.prefetch_related("tags").filter(author__isnull=True, cover=None)
    return render(request, "app/books.html", {"books": books})


def known_from_the_other_side(request):
    return render(request, "app/spines.html", {"books": Book.objects.select_related("cover")})


class AsJson(BaseListView):
    """It has no template: that `app/book_list.html` is another view's."""

    model = Book

    def render_to_response(self, context):
        return JsonResponse({"books": [book.title for book in context["object_list"]]})
