import django_filters
from unread import UnreadFilter, UnreadSet

from app.models import Book
from app.registry import extended, named, register


class OwnFilter(django_filters.CharFilter):
    def filter(self, qs, value):
        return qs


class BookFilter(django_filters.FilterSet):
    title = django_filters.CharFilter()
    titel = django_filters.CharFilter()
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ unknown-filter-field
    writer = django_filters.CharFilter(field_name="author__name", lookup_expr="icontains")
    wrong = django_filters.CharFilter(field_name="author__nam")
    #                                            ^^^^^^^^^^^^^ unknown-filter-field
    book = django_filters.CharFilter("shelf")
    #                                ^^^^^^^ unknown-filter-field
    number = django_filters.NumberFilter(field_name="chapter__number")
    chapters = django_filters.NumberFilter()
    by_method = django_filters.CharFilter(method="filter_it")
    own = OwnFilter()
    unread = UnreadFilter()
    o = django_filters.OrderingFilter(fields=["title"])

    class Meta:
        model = Book
        fields = [
            "title", "author__name", "chapter__number", "by_method", "author",
            "auhtor",
            #^^^^^^^ unknown-filter-field
            "author__nam",
            #^^^^^^^^^^^^ unknown-filter-field
        ]  # fmt: skip

    def filter_it(self, queryset, name, value):
        return queryset


class ByDict(django_filters.FilterSet):
    class Meta:
        model = Book
        fields = {"title": ["exact", "icontains"], "titel": ["exact"]}
        #                                          ^^^^^^^ unknown-filter-field


class Longer(BookFilter):
    class Meta(BookFilter.Meta):
        fields = BookFilter.Meta.fields + ["shelf"]
        #                                  ^^^^^^^ unknown-filter-field


class OwnFilters(django_filters.FilterSet):
    class Meta:
        model = Book
        fields = ["nobody_knows"]

    @classmethod
    def get_filters(cls):
        return {}


class Open(UnreadSet, django_filters.FilterSet):
    nobody_knows = django_filters.CharFilter()

    class Meta:
        model = Book
        fields = ["nobody_knows_either"]


class NoModel(django_filters.FilterSet):
    anything = django_filters.CharFilter()


@register
@named("book")
class Registered(django_filters.FilterSet):
    class Meta:
        model = Book
        fields = ["shelf"]
        #         ^^^^^^^ unknown-filter-field


@extended
class Extended(django_filters.FilterSet):
    class Meta:
        model = Book
        fields = ["shelf"]


class BeforeDjangoFilter2(django_filters.FilterSet):
    by = django_filters.CharFilter(name="title")
    best = django_filters.BooleanFilter(action="only_best")

    class Meta:
        model = Book
        fields = ["by", "best"]
