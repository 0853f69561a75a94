from django.db import models
from django.db.models import F, OuterRef, Q, Subquery


class Author(models.Model):
    name = models.CharField(max_length=50)


class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    readers = models.ManyToManyField(Author, related_name="read")
    facts = models.JSONField(default=dict)


def books(name, chosen, flag):
    authors = Author.objects.filter(name=name)
    Book.objects.filter(author=authors)
    #                   ^^^^^^ queryset-in-exact-lookup
    Book.objects.exclude(Q(author=authors.values("id")) | Q(readers=Author.objects.all()))
    #                      ^^^^^^ queryset-in-exact-lookup
    #                                                       ^^^^^^^ queryset-in-exact-lookup
    Book.objects.filter(author__name__exact=authors.values_list("name"))
    #                   ^^^^^^^^^^^^^^^^^^^ queryset-in-exact-lookup
    if flag:
        authors = Author.objects.none()
    return Book.objects.filter(author=authors)
    #                          ^^^^^^ queryset-in-exact-lookup


def fine(name, chosen, flag):
    authors = Author.objects.filter(name=name)
    first = authors.order_by("name")[:1]
    Book.objects.filter(author=first)
    Book.objects.filter(author=first.values("id"))
    Book.objects.filter(author=authors.first())
    Book.objects.filter(author__in=authors, author=chosen)
    Book.objects.filter(author=Subquery(authors.values("id")[:1]))
    Book.objects.filter(author__name=F("author__name"), author_id=authors.count())
    Book.objects.filter(author=Author.objects.get(name=name))
    Book.objects.filter(author__name__gt=name, facts__authors=list(authors.values_list("name")))
    Author.objects.annotate(first=Book.objects.filter(author=OuterRef("pk")).values("pk")[:1])
    if flag:
        authors = authors[:1]
    return Book.objects.filter(author=authors)
