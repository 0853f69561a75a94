"""Every function is one query; it fails where it is marked, and nowhere else."""

from app.models import Author, Book
from django.db.models import Count, Q


def asked():
    return Author.objects.filter(initial="a")
    #                            ^^^^^^^ property-in-query


def further_on():
    return Book.objects.filter(Q(author__initial="a"))
    #                                    ^^^^^^^ property-in-query


def ordered():
    return Author.objects.order_by("-initial")
    #                                ^^^^^^^ property-in-query


def listed():
    return Book.objects.values_list("words")
    #                                ^^^^^ property-in-query


def counted():
    return Author.objects.annotate(n=Count("books"))
    #                                       ^^^^^ property-in-query


def loaded():
    return Book.objects.only("words")
    #                         ^^^^^ property-in-query


# What follows is right.


def annotated():
    return Book.objects.annotate(total=Count("author")).filter(total=1).order_by("total")


def fields():
    return Book.objects.filter(author__name__startswith="a")
