"""Every function is one query; it fails where it is marked, and nowhere else."""

from app.models import Author, Book, Cover, Note, Tag
from django.db.models import Count, F, Q


def misspelt():
    return Book.objects.filter(title__contain="a")
    #                                 ^^^^^^^ unsupported-lookup


def of_a_related_field():
    return Book.objects.exclude(author__name__icontain="a")
    #                                         ^^^^^^^^ unsupported-lookup


def transform_of_another_kind():
    return Book.objects.filter(title__year=2020)
    #                                 ^^^^ unsupported-lookup


def not_registered():
    return Book.objects.filter(title__lower="a")
    #                                 ^^^^^ unsupported-lookup


def behind_a_lookup():
    return Book.objects.filter(title__exact__in=["a"])
    #                                 ^^^^^ unsupported-lookup


def behind_a_transform():
    return Book.objects.filter(printed__year__yeer=1)
    #                                         ^^^^ unsupported-lookup


def part_of_a_date():
    return Author.objects.filter(born__hour=1)
    #                                  ^^^^ unsupported-lookup


def date_of_a_moment():
    return Book.objects.filter(printed__date__hour=1)
    #                                         ^^^^ unsupported-lookup


def relation():
    return Book.objects.filter(author__icontains="a")
    #                                  ^^^^^^^^^ unsupported-lookup


def relation_to_many():
    return Book.objects.filter(tags__contains="a")
    #                                ^^^^^^^^ unsupported-lookup


def other_end():
    return Author.objects.filter(book__startswith="a")
    #                                  ^^^^^^^^^^ unsupported-lookup


def other_end_of_one_to_one():
    return Book.objects.filter(cover__range=(1, 2))
    #                                 ^^^^^ unsupported-lookup


def attribute_of_the_column():
    return Cover.objects.filter(book_id__regex="a")
    #                                    ^^^^^ unsupported-lookup


def key():
    return Book.objects.filter(Q(pk__lenght=1))
    #                                ^^^^^^ unsupported-lookup


# What follows is right.


def common():
    return Book.objects.filter(id__contains=1, title__iregex="a", title__isnull=True, printed__icontains="a", pk__in=[1])


def parts():
    return Book.objects.filter(printed__iso_year__gte=1, printed__date__month__in=[1], printed__time__hour=1)


def parts_of_dates():
    return Book.objects.filter(author__born__quarter=1, author__born__year__range=(1, 2))


def relations():
    return Book.objects.filter(author__in=[1], author__gt=1, tags__isnull=True, cover__exact=1, author__book__lte=1)


def json():
    return Book.objects.filter(data__any__icontains="a", data__0__year__lower=1, data__has_key="a")


def annotated():
    return Author.objects.annotate(n=Count("book"), y=F("born__year")).filter(n__gte=1, y__lt=1)


def about():
    return Note.objects.filter(content_type__model__iexact="a", object_id__lt=1), Tag.objects.filter(items__in=[1])
