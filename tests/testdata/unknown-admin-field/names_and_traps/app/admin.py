from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import Count, F
from django.db.models.functions import Lower

from app.forms import BookForm
from app.models import Author, Book, Chapter, Shelved, Tag


class LetterFilter(admin.SimpleListFilter):
    title = "letter"
    parameter_name = "letter"


class ChapterInline(admin.TabularInline):
    model = Chapter
    fields = ["number", "titel"]
    #                   ^^^^^^^ unknown-admin-field
    readonly_fields = ["book", "bok"]
    #                          ^^^^^ unknown-admin-field


@admin.display(description="upper")
def upper(obj):
    return obj.title.upper()


class Columns(admin.ModelAdmin):
    list_display = ["title", "initial"]

    def initial(self, obj):
        return obj.title[0]


@admin.register(Book)
class BookAdmin(Columns):
    form = BookForm
    inlines = [ChapterInline]
    list_display = Columns.list_display + [
        "__str__", "shelf", "short", "author", "author_id", "author__name", "pk", upper, "last",
        "auther",
        #^^^^^^^ unknown-admin-field
        "author__nam",
        #^^^^^^^^^^^^ unknown-admin-field
        "tags",
        #^^^^^ unknown-admin-field
    ]  # fmt: skip
    list_display_links = ["title", "sheff"]
    #                              ^^^^^^^ unknown-admin-field
    list_filter = [
        LetterFilter,
        ("author", admin.RelatedOnlyFieldListFilter),
        "author__name",
        "tags",
        "chapter__number",
        "shelf",
        #^^^^^^ unknown-admin-field
        ("auther", admin.AllValuesFieldListFilter),
         #^^^^^^^ unknown-admin-field
        "title__name",
        #^^^^^^^^^^^^ unknown-admin-field
    ]
    list_editable = ["slug"]
    #                ^^^^^^ unknown-admin-field
    list_select_related = ["author", "title"]
    #                                ^^^^^^^ unknown-admin-field
    ordering = ["-title", "author__name", F("pk").desc(), "-author__nam", "auther"]
    #                                                     ^^^^^^^^^^^^^^ unknown-admin-field
    #                                                                     ^^^^^^^^ unknown-admin-field
    date_hierarchy = "created"
    raw_id_fields = ["author", "writer"]
    #                          ^^^^^^^^ unknown-admin-field
    filter_horizontal = ["tags"]
    prepopulated_fields = {"slug": ["title", "titel"]}
    #                                        ^^^^^^^ unknown-admin-field
    readonly_fields = ["created", "shelf", "last", "sheff"]
    #                                              ^^^^^^^ unknown-admin-field
    fieldsets = [
        (None, {"fields": ["title", ("slug", "author"), "price", "discount", "created", "shelf"]}),
        ("More", {"fields": ["titel", "secret"], "classes": ["collapse"]}),
        #                    ^^^^^^^ unknown-admin-field
        #                             ^^^^^^^^ unknown-admin-field
    ]
    exclude = ["autor"]
    #          ^^^^^^^ unknown-admin-field
    actions = ["mark", "markk", "delete_selected"]
    #                  ^^^^^^^ unknown-admin-field

    def last(self, obj):
        return obj.chapter_set.last()

    def mark(self, request, queryset):
        pass


class NameMixin:
    list_display = ["name", "count"]

    def count(self, obj):
        return 1


@admin.register(Author)
class AuthorAdmin(NameMixin, admin.ModelAdmin):
    fields = ["name", "books"]

    def get_form(self, request, obj=None, **kwargs):
        return BookForm


@admin.register(Tag)
class TagAdmin(NameMixin, admin.ModelAdmin):
    list_display = ["word", *NameMixin.list_display[1:]]

    def get_readonly_fields(self, request, obj=None):
        return ["whatever"]


class MyUserAdmin(UserAdmin):
    list_display = UserAdmin.list_display + ("date_joined", "is_staf")
    #                                                       ^^^^^^^^^ unknown-admin-field
    fieldsets = UserAdmin.fieldsets + ((None, {"fields": ("nickname",)}),)
    #                                                     ^^^^^^^^^^ unknown-admin-field


admin.site.unregister(User)
admin.site.register(User, MyUserAdmin)


class ReadersAdmin(admin.ModelAdmin):
    """Who may not change a row is shown every name, as if `readonly_fields` listed it."""

    fieldsets = [(None, {"fields": ["name", "links"]})]

    def links(self, obj):
        return "…"

    def has_change_permission(self, request, obj=None):
        return False


admin.site.unregister(Author)
admin.site.register(Author, ReadersAdmin)


def shout(obj):
    return obj.title.upper()


shout.admin_order_field = "titel"
#                         ^^^^^^^ unknown-admin-field


class Sorted(admin.ModelAdmin):
    list_display = ["title", "by", "letters", "number", "initial", "random", "short", shout]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("author").annotate(chapters=Count("chapter"))

    @admin.display(description="by", ordering="author__nam")
    #                                         ^^^^^^^^^^^^^ unknown-admin-field
    def by(self, obj):
        return obj.author.name

    @admin.display(ordering="-author__name")
    def letters(self, obj):
        return len(obj.title)

    @admin.display(ordering="chapters")
    def number(self, obj):
        return obj.chapters

    def initial(self, obj):
        return obj.title[:1]

    initial.admin_order_field = Lower("title")

    def random(self, obj):
        return obj.title

    random.admin_order_field = "?"

    def shown_nowhere(self, obj):
        return obj.title

    shown_nowhere.admin_order_field = "nothing"


class NotSortable(admin.ModelAdmin):
    list_display = ["number", "by"]
    sortable_by = ["number"]

    @admin.display(ordering="writer")
    def by(self, obj):
        return str(obj)


class Chapters(admin.StackedInline):
    model = Chapter
    fk_name = "bok"
    #         ^^^^^ unknown-admin-field


admin.site.register(Shelved, Sorted, inlines=[Chapters])
admin.site.register(Chapter, NotSortable)
