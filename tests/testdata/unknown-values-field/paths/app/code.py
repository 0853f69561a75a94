"""Every function is one query; it fails where it is marked, and nowhere else."""

from app.models import Author, Book, Note, Novel
from django.db.models import Count, F


def values():
    return Book.objects.values("title", "autor")
    #                                    ^^^^^ unknown-values-field


def flat():
    return Book.objects.values_list("author__nme", flat=True)
    #                                        ^^^ unknown-values-field


def lookup():
    return Book.objects.values("title__contains")
    #                                  ^^^^^^^^ unknown-values-field


def expression():
    return Book.objects.values(writer=F("autor"))
    #                                    ^^^^^ unknown-values-field


def only():
    return Book.objects.only("title", "autor")
    #                                  ^^^^^ unknown-values-field


def only_further_on():
    return Book.objects.only("author__nme")
    #                                 ^^^ unknown-values-field


def defer():
    return Novel.objects.defer("page")
    #                           ^^^^ unknown-values-field


def generic():
    return Note.objects.values("about")
    #                           ^^^^^ unknown-values-field


# What follows is right.


def paths():
    return Book.objects.values("pk", "author_id", "author__name", "tags__word", "cover__colour", "novel__pages")


def transforms():
    return Book.objects.values_list("printed__date", "data__any__thing", "author__born__year")


def annotated():
    return Author.objects.annotate(n=Count("book")).values("name", "n", more=F("n") + 1).values_list("more")


def deferred():
    return Book.objects.only("pk", "author_id", "author__name", "tags").defer("data")


def other_ends():
    return Author.objects.only("book").defer("book__title")


def inherited():
    return Novel.objects.only("title", "pages", "book_ptr").values("title", "cover")
