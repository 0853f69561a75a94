from django.db.models import Prefetch, prefetch_related_objects
from django.http import JsonResponse
from django.views.generic import TemplateView

from app.models import Author, Book, Page, Tag


def plain(request):
    names = []
    for book in Book.objects.all():
#               ^^^^^^^^^^^^^^^^^^ query-in-loop
        names.append(book.author.name)
    return JsonResponse({"names": names})


def one_finding_for_a_loop(request):
    books = list(Book.objects.filter(title="a").order_by("title"))
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-loop
    found = []
    for book in books:
        found.append((book.author.name, book.editor.name))
        found.append(book.author.pk)
    return JsonResponse({"found": found})


def second_step(request):
    books = Book.objects.select_related("author")
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-loop
    return JsonResponse({book.title: book.author.country.name for book in books})


def many(request):
    for author in Author.objects.all():
#                 ^^^^^^^^^^^^^^^^^^^^ query-in-loop
        len(author.books.all())
        author.edited.filter(title="a")
        author.edited.all().order_by("title")
    for book in Book.objects.all():
#               ^^^^^^^^^^^^^^^^^^ query-in-loop
        print(book.tags.count())


def helper(request):
    return JsonResponse({"pages": _pages()})


def _pages():
    return [page.book.title for page in Page.objects.all()]
#                                       ^^^^^^^^^^^^^^^^^^ query-in-loop


def by_a_method(request, author: Author):
    return JsonResponse({"names": [book.editor.name for book in author.own_books()]})
#                                                               ^^^^^^^^^^^^^^^^^^ query-in-loop


class Books(TemplateView):
    def get_context_data(self, **kwargs):
        names = [book.author.name for book in Book.objects.all()]
#                                             ^^^^^^^^^^^^^^^^^^ query-in-loop
        return super().get_context_data(names=names, **kwargs)


def loaded(request, pk):
    author = Author.objects.get(pk=pk)
    names = [book.author.name for book in Book.objects.select_related("author")]
    names += [book.author.country.name for book in Book.objects.select_related("author__country")]
    names += [book.author.name for book in Book.objects.select_related()]
    names += [book.author.name for book in Book.complete.all()]
    names += [book.author.name for book in Book.objects.prefetch_related("author")]
    names += [len(one.books.all()) for one in Author.objects.prefetch_related("books")]
    names += [len(one.books.all()) for one in Author.objects.prefetch_related(Prefetch("books", Book.objects.all()))]
    names += [book.author.name for book in author.books.all()]
    names += [book.author_id for book in Book.objects.all()]
    return JsonResponse({"names": names})


def filled_later(request, pk):
    author = Author.objects.get(pk=pk)
    prefetch_related_objects([author], "books__pages")
    return JsonResponse({"names": [len(book.pages.all()) for book in author.books.all()]})


def uncertain(request, books, wanted):
    rows = Book.objects.all()
    if wanted:
        rows = rows.select_related(*wanted)
    names = [book.author.name for book in rows]
    names += [book.author.name for book in books]
    names += [book.author.name for book in Book.objects.select_related(wanted)]
    return JsonResponse({"names": names})


def few(request):
    for book in Book.objects.all():
        return JsonResponse({"first": book.author.name})
    return JsonResponse({"names": [book.author.name for book in Book.objects.all()[:3]]})


def after_the_loop(request):
    for book in Book.objects.all():
        print(book.title)
    return JsonResponse({"last": book.author.name})


def written(request, author):
    for book in Book.objects.all():
        if book.author.name == "b":
            book.title = "c"
            book.save()
    for page in Page.objects.all():
        page.book = author.books.first()
        print(page.book.title)
    for tag in Tag.objects.all():
        tag.books.add(author.books.first())


def nobody_waits():
    return [book.author.name for book in Book.objects.all()]
