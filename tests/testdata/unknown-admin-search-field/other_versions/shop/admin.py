from django.contrib import admin
from reversion.admin import VersionAdmin

from shop.models import Author, Book


@admin.register(Book)
class BookAdmin(VersionAdmin):
    search_fields = ["title", "text"]
    #                         ^^^^^^ unknown-admin-search-field

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("author")


@admin.register(Author)
class AuthorAdmin(VersionAdmin):
    search_fields = ["name", "text"]

    def get_queryset(self, request):
        return with_texts(super().get_queryset(request))


def with_texts(rows):
    return rows.texts()
