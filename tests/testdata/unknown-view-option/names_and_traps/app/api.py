from django.db.models import Count
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import filters, generics, viewsets

from app.models import Author, Book


class BookViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()
    lookup_field = "slugg"
    #              ^^^^^^^ unknown-view-option
    ordering = "-titel"
    #          ^^^^^^^^ unknown-view-option
    ordering_fields = ["title", "author__name", "autor"]
    #                                           ^^^^^^^ unknown-view-option
    search_fields = ["used_by_no_backend"]
    filterset_fields = ["used_by_no_backend"]


class BookList(generics.ListAPIView):
    queryset = Book.objects.all()
    filter_backends = [filters.SearchFilter, DjangoFilterBackend]
    search_fields = ["^title", "$author__name", "author", "=titel", "author__name__exact"]
    #                                           ^^^^^^^^ unknown-view-option
    #                                                     ^^^^^^^^ unknown-view-option
    filterset_fields = {"title": ["exact"], "titel": ["exact"], "author__name": ["exact"]}
    #                                       ^^^^^^^ unknown-view-option
    ordering = "used_by_no_backend"


class AuthorList(generics.ListAPIView):
    ordering_fields = ["books", "name", "nam"]
    #                                   ^^^^^ unknown-view-option

    def get_queryset(self):
        return Author.objects.annotate(books=Count("book"))


class OwnObject(generics.RetrieveAPIView):
    queryset = Book.objects.all()
    lookup_field = "nobody_knows"

    def get_object(self):
        return Book.objects.get(title=self.kwargs["nobody_knows"])
#              ^^^^^^^^^^^^^^^^ unhandled-does-not-exist


class Unknown(generics.ListAPIView):
    ordering = "nobody_knows"

    def get_queryset(self):
        return self.request.rows()


class Base(generics.ListAPIView):
    ordering = "nobody_knows"


class OwnOrder(filters.OrderingFilter):
    def get_default_ordering(self, view):
        return ["title"]


class Ordered(generics.ListAPIView):
    queryset = Book.objects.all()
    filter_backends = [OwnOrder]
    ordering = "nobody_knows"


class OwnLookup(generics.ListAPIView):
    queryset = Book.objects.all()
    lookup_field = "author.nobody_knows"

    def filter_queryset(self, queryset):
        return queryset.filter(**{self.lookup_field.replace(".", "__"): self.kwargs["pk"]})
