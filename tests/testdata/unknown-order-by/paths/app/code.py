"""Every function is one query; it fails where it is marked, and nowhere else."""

from app.models import Author, Book, Note, Novel
from django.db.models import Count, F


def descending():
    return Book.objects.order_by("author__name", "-titel")
    #                                              ^^^^^ unknown-order-by


def further_on():
    return Book.objects.order_by("author__nme")
    #                                     ^^^ unknown-order-by


def lookup():
    return Book.objects.order_by("title__icontains")
    #                                    ^^^^^^^^^ unknown-order-by


def transform():
    return Book.objects.order_by("title__lower")
    #                                    ^^^^^ unknown-order-by


def expression():
    return Book.objects.order_by(F("titel").desc())
    #                               ^^^^^ unknown-order-by


def latest():
    return Book.objects.latest("print")
    #                           ^^^^^ unknown-order-by


def earliest():
    return Book.objects.filter(title="a").earliest("title", "print")
    #                                                        ^^^^^ unknown-order-by


def distinct():
    return Book.objects.order_by("author").distinct("autor")
    #                                                ^^^^^ unknown-order-by


def dates():
    return Author.objects.dates("bron", "year")
    #                            ^^^^ unknown-order-by


def generic():
    return Note.objects.order_by("about")
    #                             ^^^^^ unknown-order-by


# What follows is right.


def paths():
    return Book.objects.order_by("?").order_by("-pk", "title", "author_id", "author__name", "cover__colour", "novel")


def transforms():
    return Book.objects.order_by("printed__year", "data__any__thing", "author__born__month")


def inherited():
    return Novel.objects.order_by("title", "-pages", "book_ptr")


def annotated():
    return Author.objects.annotate(n=Count("book"), most=F("n")).order_by("-n", F("most").asc(nulls_last=True))


def by_alias():
    return Author.objects.annotate(Count("book")).order_by("book__count")


def of_values():
    return Book.objects.values("author").annotate(n=Count("id")).order_by("n")
