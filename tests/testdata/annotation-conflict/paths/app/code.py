"""Every function is one query; it fails where it is marked, and nowhere else."""

from app.models import Author, Book, Novel
from django.db.models import Count, F, Value


def field():
    return Book.objects.annotate(title=Value("a"))
    #                            ^^^^^ annotation-conflict


def column():
    return Book.objects.filter(title="a").alias(author_id=F("editor"))
    #                                           ^^^^^^^^^ annotation-conflict


def relation():
    return Author.objects.annotate(book=Count("book"))
    #                              ^^^^ annotation-conflict


def relation_by_its_query_name():
    return Author.objects.annotate(edition=Count("edition"))
    #                              ^^^^^^^ annotation-conflict


def inherited():
    return Novel.objects.annotate(title=Value("a"))
    #                             ^^^^^ annotation-conflict


def values():
    return Book.objects.values("id", title=F("author__name"))
    #                                ^^^^^ annotation-conflict


def unpacked():
    return Book.objects.annotate(**{"title": Value("a")})
    #                               ^^^^^^^ annotation-conflict


# What follows is right.


def new_names():
    return Author.objects.annotate(books=Count("book"), name_of=F("name")).annotate(Count("book"))


def after_values():
    return Book.objects.values("author").annotate(title=Count("id"), printed=F("printed"))


def other_columns():
    return Book.objects.values_list("id").annotate(author=Count("tags"))


def aggregate():
    return Book.objects.aggregate(title=Count("id"))


def again():
    return Author.objects.annotate(n=Count("book")).annotate(n=Count("edition"))
