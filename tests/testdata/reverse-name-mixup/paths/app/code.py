"""Every function is one query; it fails where it is marked, and nowhere else."""

from app.models import Author, Book, Note, Tag
from django.db.models import Count, F, Prefetch, Q


def asked_by_the_accessor():
    return Author.objects.filter(book_set__title="a")
    #                            ^^^^^^^^ reverse-name-mixup


def asked_by_the_related_name():
    return Author.objects.exclude(Q(edited__title="a"))
    #                               ^^^^^^ reverse-name-mixup


def further_on():
    return Book.objects.filter(author__book_set__title="a")
    #                                  ^^^^^^^^ reverse-name-mixup


def counted():
    return Author.objects.annotate(n=Count("book_set"))
    #                                       ^^^^^^^^ reverse-name-mixup


def ordered():
    return Tag.objects.order_by("-book_set__title")
    #                             ^^^^^^^^ reverse-name-mixup


def values():
    return Author.objects.values("name", "edited__title")
    #                                     ^^^^^^ reverse-name-mixup


def column():
    return Author.objects.filter(name=F("book_set__title"))
    #                                    ^^^^^^^^ reverse-name-mixup


def prefetched_by_the_query_name():
    return Author.objects.prefetch_related("book")
    #                                       ^^^^ reverse-name-mixup


def prefetched_by_the_related_query_name():
    return Author.objects.prefetch_related(Prefetch("edition"))
    #                                                ^^^^^^^ reverse-name-mixup


def prefetched_further_on():
    return Book.objects.prefetch_related("author__book__tags")
    #                                             ^^^^ reverse-name-mixup


# What follows is right.


def queries():
    return Author.objects.filter(book__title="a", edition__title="b").order_by("edition__title").values("book")


def prefetches():
    return Author.objects.prefetch_related("book_set__tags", "edited", "book_set__cover", "friends")


def generic():
    return Note.objects.prefetch_related("about"), Tag.objects.prefetch_related("items")


def named_so():
    return Author.objects.annotate(book_set_size=Count("book")).filter(book_set_size=1)
