from django.contrib import admin

from app.models import Author, Book, Tag


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
#     ^^^^^^^^^ query-in-changelist
    search_fields = ["title"]


class Site(admin.AdminSite):
    pass


site = Site()


@admin.register(Book, site=site)
class Method(admin.ModelAdmin):
#     ^^^^^^ query-in-changelist
    list_display = ["title", "written_by", "tag_names"]

    def written_by(self, book):
        return book.author.name

    def tag_names(self, book):
        return ", ".join(tag.name for tag in book.tags.all())


@admin.register(Author, site=site)
class Counted(admin.ModelAdmin):
#     ^^^^^^^ query-in-changelist
    list_display = ["name", "number"]

    @admin.display(description="books")
    def number(self, author):
        return author.books.count()


class Empty(admin.ModelAdmin):
#     ^^^^^ query-in-changelist
    list_display = ["title", "author", "editor"]


admin.site.register(Book, Empty)


class OfModel(admin.ModelAdmin):
#     ^^^^^^^ query-in-changelist
    list_display = ["title", "country"]
    list_select_related = ["author"]


site.register(Book, OfModel)


class ByKey(admin.ModelAdmin):
    list_display = ["title", "author", "country"]


class Always(admin.ModelAdmin):
    list_display = ["title", "country"]
    list_select_related = True


class Asked(admin.ModelAdmin):
    list_display = ["title", "country", "tag_names"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("author__country").prefetch_related("tags")

    def tag_names(self, book):
        return ", ".join(tag.name for tag in book.tags.all())


class Chosen(admin.ModelAdmin):
    list_display = ["title", "country"]

    def get_list_display(self, request):
        return ["title"]


class NotAlways(admin.ModelAdmin):
    list_display = ["title", "author_id", "byline", "first_tag"]

    def first_tag(self, book):
        return book.tags.first()


class Named(admin.ModelAdmin):
    list_display = ["name"]


for cls in (ByKey, Always, Asked, Chosen, NotAlways):
    site.register(Book, cls)
site.register(Tag, Named)


class Lines(admin.TabularInline):
    model = Book
