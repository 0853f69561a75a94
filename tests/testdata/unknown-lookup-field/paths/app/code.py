"""Every function is one query; it fails where it is marked, and nowhere else."""

from app.models import Author, Book, Cover, Note, Novel, Tag
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Sum, Value, When
from django.shortcuts import get_object_or_404


def first_part():
    return Book.objects.filter(titel="a")
    #                          ^^^^^ unknown-lookup-field


def forward():
    return Book.objects.exclude(author__nme="a", author__name="b")
    #                                   ^^^ unknown-lookup-field


def many_to_many():
    return Book.objects.filter(tags__words="a")
    #                                ^^^^^ unknown-lookup-field


def reverse():
    return Author.objects.filter(book__ttle="a")
    #                                  ^^^^ unknown-lookup-field


def reverse_to_one():
    return Book.objects.filter(cover__color="a")
    #                                 ^^^^^ unknown-lookup-field


def there_and_back():
    return Book.objects.filter(author__edition__tags__word__in=["a"], author__book__year=1)
    #                                                                               ^^^^ unknown-lookup-field


def child():
    return Book.objects.filter(novel__page=1)
    #                                 ^^^^ unknown-lookup-field


def generic():
    return Note.objects.filter(about=1)
    #                          ^^^^^ unknown-lookup-field


def through_a_generic_relation():
    return Tag.objects.filter(items__txt="a")
    #                                ^^^ unknown-lookup-field


def conditions():
    return Book.objects.filter(Q(title="a") | ~Q(titel="b"))
    #                                            ^^^^^ unknown-lookup-field


def columns():
    return Book.objects.filter(title=F("titel"))
    #                                   ^^^^^ unknown-lookup-field


def columns_of_others():
    return Book.objects.filter(title=F("author__nme"))
    #                                           ^^^ unknown-lookup-field


def aggregates():
    return Author.objects.annotate(n=Count("books"))
    #                                       ^^^^^ unknown-lookup-field


def filtered_aggregates():
    return Author.objects.annotate(n=Sum("book__novel__pages", filter=Q(book__titel="a")))
    #                                                                         ^^^^^ unknown-lookup-field


def cases():
    return Book.objects.annotate(x=Case(When(titel="a", then=Value(1)), default=Value(2)))
    #                                        ^^^^^ unknown-lookup-field


def shortcut():
    return get_object_or_404(Book, titel="a")
    #                              ^^^^^ unknown-lookup-field


def get_or_create():
    return Author.objects.get_or_create(nme="a", defaults={"born": None})
    #                                   ^^^ unknown-lookup-field


def in_a_row():
    books = Book.objects.filter(title="a")
    if books:
        books = books.exclude(title="b")
    return books.filter(titel="c")
    #                   ^^^^^ unknown-lookup-field


def related():
    author = Author.objects.create(name="a")
    return author.edited.filter(titel="a")
    #                           ^^^^^ unknown-lookup-field


def dictionary():
    return Book.objects.filter(**{"author__nme": "a"})
    #                                      ^^^ unknown-lookup-field


def single_underscore():
    return Book.objects.filter(title_icontains="a")
    #                          ^^^^^^^^^^^^^^^ unknown-lookup-field


# What follows is right.


def keys_and_attributes():
    return Book.objects.filter(pk=1, id__in=[1], author_id=1, author_id__name="a", author__pk=1, editor__isnull=True)


def values_of_json():
    return Book.objects.filter(data__any__thing__gt=1)


def parent_and_child():
    return Novel.objects.filter(title="a", book_ptr=1, book_ptr_id=1, author__name="a", cover__colour="b", pages__gt=1)


def query_names():
    return Author.objects.filter(book__title="a", edition__title="b", friends__name="c")


def generic_relation():
    return Tag.objects.filter(items__text="a", book__cover__colour="b")


def made_on_the_way():
    return Author.objects.annotate(books=Count("book"), more=F("books") + 1).filter(books__gt=1, more__lt=2)


def default_alias():
    return Author.objects.annotate(Count("book")).filter(book__count=1)


def alias():
    return Author.objects.alias(titles=F("book__title")).exclude(titles="a")


def other_query():
    return Author.objects.filter(Exists(Book.objects.filter(author=OuterRef("pk"), title="a")))


def dates():
    return Book.objects.filter(printed__date__gte="2020-01-01", printed__year=2020, author__born__month=1)


def select():
    return Book.objects.extra(select={"one": "1"}).order_by("one")


def by_value():
    return Cover.objects.values("book__author").annotate(n=Count("id")).filter(n__gt=1)
