from django.contrib import admin
from django.db.models.functions import Lower

from app.models import Author, Book, Counted, Review, Tag

TEXTS = ("title", "pages")
MORE = ["book__title"]


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    search_fields = [
        "titel",
        #^^^^^^ unknown-admin-search-field
        "^title",
        "=author__nmae",
        #^^^^^^^^^^^^^^ unknown-admin-search-field
        "author",
        #^^^^^^^ unknown-admin-search-field
        "tags",
        #^^^^^ unknown-admin-search-field
        "review",
        #^^^^^^^ unknown-admin-search-field
        "review_set__text",
        #^^^^^^^^^^^^^^^^^ unknown-admin-search-field
        "shelf",
        #^^^^^^ unknown-admin-search-field
        "author_id",
        #^^^^^^^^^^ unknown-admin-search-field
        "pages",
        "data",
        "data__any__key",
        "pk",
        "author__pk",
        "author__exact",
        "author_id__exact",
        "review__text",
        "tags__word__iexact",
        "author__born__year",
        "@title",
        *TEXTS,
    ]


class ReviewAdmin(admin.ModelAdmin):
    search_fields = ("text", "book__titel") + tuple(MORE)
    #                        ^^^^^^^^^^^^^ unknown-admin-search-field


admin.site.register(Review, ReviewAdmin)


class AnnotatedAdmin(admin.ModelAdmin):
    search_fields = ["low", "hihg"]
    #                       ^^^^^^ unknown-admin-search-field

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(low=Lower("name"))


admin.site.register([Author], AnnotatedAdmin)


@admin.register(Counted)
class CountedAdmin(admin.ModelAdmin):
    search_fields = ["lower"]


@admin.register(Tag)
class OwnSearch(admin.ModelAdmin):
    search_fields = ["anything"]

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(word=search_term), False


class NotRegistered(admin.ModelAdmin):
    search_fields = ["nobody_knows"]
