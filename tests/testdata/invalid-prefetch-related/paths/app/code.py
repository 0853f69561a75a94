"""Every function is one query; it fails where it is marked, and nowhere else."""

from app.models import Author, Book, Note, Novel, Tag
from django.db.models import Prefetch


def unknown():
    return Book.objects.prefetch_related("autor")
    #                                     ^^^^^ invalid-prefetch-related


def plain():
    return Book.objects.prefetch_related("tags", "title")
    #                                             ^^^^^ invalid-prefetch-related


def further_on():
    return Author.objects.prefetch_related("book_set__tag")
    #                                                 ^^^ invalid-prefetch-related


def plain_further_on():
    return Author.objects.prefetch_related("edited", "book_set__title")
    #                                                           ^^^^^ invalid-prefetch-related


def chosen():
    return Book.objects.prefetch_related(Prefetch("tag", queryset=Tag.objects.filter(word="a")))
    #                                              ^^^ invalid-prefetch-related


# What follows is right.


def relations():
    return Book.objects.prefetch_related("author", "tags", "author__book_set", "author__edited__tags", "cover", "novel")


def generic():
    return Note.objects.prefetch_related("about", "content_type"), Tag.objects.prefetch_related("items")


def named():
    return Author.objects.prefetch_related(
        Prefetch("book_set", queryset=Book.objects.order_by("title"), to_attr="works"), "works__tags"
    )


def inherited():
    return Novel.objects.prefetch_related("tags", "book_ptr__author", "author__friends")
