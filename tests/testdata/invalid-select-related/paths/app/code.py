"""Every function is one query; it fails where it is marked, and nowhere else."""

from app.models import Author, Book, Cover, Note, Novel
from django.db.models import FilteredRelation


def unknown():
    return Book.objects.select_related("autor")
    #                                   ^^^^^ invalid-select-related


def plain():
    return Book.objects.select_related("author", "title")
    #                                             ^^^^^ invalid-select-related


def many():
    return Book.objects.select_related("author", "tags")
    #                                             ^^^^ invalid-select-related


def other_end():
    return Author.objects.select_related("book")
    #                                     ^^^^ invalid-select-related


def accessor():
    return Author.objects.filter(name="a").select_related("book_set")
    #                                                      ^^^^^^^^ invalid-select-related


def column():
    return Book.objects.select_related("author_id")
    #                                   ^^^^^^^^^ invalid-select-related


def generic():
    return Note.objects.select_related("about")
    #                                   ^^^^^ invalid-select-related


def further_on():
    return Cover.objects.select_related("book__author__name")
    #                                                  ^^^^ invalid-select-related


def many_further_on():
    return Cover.objects.select_related("book__author", "book__tags", "book__editor")
    #                                                          ^^^^ invalid-select-related


# What follows is right.


def relations():
    return Book.objects.select_related("author", "editor", "cover", "novel")


def children():
    return Novel.objects.select_related("author", "book_ptr__cover", "cover").select_related(None)


def filtered():
    return Author.objects.annotate(some=FilteredRelation("book")).select_related("some")


def computed(*names):
    return Book.objects.select_related(*names)


def given_afterwards():
    return Book.objects.select_related("reviser").annotate(reviser=FilteredRelation("editor"))
