from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models

from .fields import (
    Descriptor,
    Marker,
    NullCharField,
    OwnerField,
    RatedField,
    StrictSlugField,
    TrackedField,
    UniqueSlugField,
    UserKey,
    nullable_key,
    title_field,
)

User = get_user_model()
AUTHOR = "lib.Author"


def stamped(cls):
    cls.stamp = "here"
    cls.add_to_class("stamped_at", models.DateTimeField(null=True))
    return cls


class ActiveManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(active=True)


class TagQuerySet(models.QuerySet):
    def popular(self):
        return self.order_by("name")


class Dated(models.Model):
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True, null=True)

    class Meta:
        abstract = True
        ordering = ["created"]
        get_latest_by = "created"


class Owned(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="%(app_label)s_%(class)s_set")
    reviewer = models.ForeignKey("Author", models.CASCADE, null=True, related_query_name="%(app_label)s_%(class)s")

    class Meta:
        abstract = True
        default_related_name = "%(model_name)s_list"
        db_table = "shared_by_mistake"


class FieldsInNothing:
    """No model: what stands here is no field of anybody."""

    ghost = models.CharField(max_length=10)
    created = "hides the field"


class Tag(models.Model):
    name = title_field(unique=True, verbose_name="name")
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveIntegerField()
    content_object = GenericForeignKey("content_type", "object_id")
    popular = TagQuerySet.as_manager()
    plain = models.Manager()

    class Meta:
        default_manager_name = "plain"


class Author(Dated):
    name = models.CharField("name", max_length=100, db_column="full_name")
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    tags = GenericRelation(Tag, related_query_name="author")
    note: models.TextField = models.TextField(null=True)
    annotated_only: models.TextField
    wrapped = (models.TextField(),)
    descriptor = Descriptor()
    mark = Marker()

    def __str__(self):
        self.seen = True
        self.__hidden = True
        return self.name

    @property
    def initials(self):
        return self.name[:1]


class Book(Dated, Owned):
    class Kind(models.TextChoices):
        PAPER = "p"
        SCREEN = "s"

    isbn = models.CharField(max_length=13, primary_key=True)
    title = models.CharField(max_length=200)
    author = models.ForeignKey(Author, models.PROTECT, related_name="books")
    second_author = models.ForeignKey(AUTHOR, models.SET_NULL, null=True, related_name="second+")
    editors = models.ManyToManyField("lib.Author", related_name="edited", db_table="book_editor")
    translators = models.ManyToManyField(Author, through="Translation", related_query_name="translated")
    kind = models.CharField(max_length=1, choices=Kind.choices)
    level = models.IntegerField(choices=[(1, "one")], default=1)
    published = models.DateField(null=True)
    printed = models.DateField()
    rating = RatedField(default=0)
    slug = StrictSlugField(loose=True)
    code = UniqueSlugField()
    loose_code = UniqueSlugField(unique=False)
    subtitle = NullCharField()
    history = TrackedField(max_length=10)
    short = title_field()
    previous = models.OneToOneField("self", models.SET_NULL, null=True)
    sequel_of = models.ForeignKey("Book", models.SET_NULL, null=True, related_name="sequels", to_field="isbn")
    named = models.IntegerField(name="number")
    tags = GenericRelation("lib.Tag")
    updated = None
    in_print = ActiveManager()

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["title"], name="one_title")]


class Translation(models.Model):
    book = models.ForeignKey(Book, models.CASCADE)
    translator = models.ForeignKey(Author, models.CASCADE)
    checked_by = UserKey(null=True, related_name="checked_translations")
    language = models.CharField(max_length=2, default="en")


class Novel(Book):
    """Multi-table inheritance, two steps."""

    pages = models.IntegerField(unique=True)

    class Meta(Owned.Meta):
        db_table = "novels"


class Thriller(Novel):
    deaths = models.IntegerField(default=0)
    link = models.OneToOneField(Novel, models.CASCADE, parent_link=True, related_name="as_thriller")


class Rental(models.Model):
    novel = models.ForeignKey("Novel", models.CASCADE)
    book = nullable_key("lib.Book")
    owner = OwnerField()

    class Meta:
        default_related_name = "rentals"


class Reprint(Novel):
    objects = models.Manager()

    class Meta:
        proxy = True
        ordering = ["pages"]


class ReprintOfReprint(Reprint):
    class Meta:
        proxy = True


class Comment(models.Model):
    on_reprint = models.ForeignKey(Reprint, models.CASCADE, related_name="comments")


class Mixed(FieldsInNothing, Dated):
    name = models.CharField(max_length=5)


class Reordered(Dated, FieldsInNothing):
    pass


@stamped
class Shelf(models.Model):
    number = models.BigAutoField(primary_key=True)
    books = models.ManyToManyField(Book)
    room = models.ForeignKey("shop.Room", models.CASCADE)

    class Meta:
        order_with_respect_to = "room"


class Registering(models.base.ModelBase):
    known = []

    def __new__(mcs, name, bases, attrs):
        attrs["registered"] = True
        made = super().__new__(mcs, name, bases, attrs)
        mcs.known.append(made)
        return made


class Plugin(models.Model, metaclass=Registering):
    name = models.CharField(max_length=10)

    class Meta:
        abstract = True


class Loud(Plugin):
    volume = models.IntegerField()


if settings.SITE_ID:

    class Conditional(models.Model):
        site = models.ForeignKey("sites.Site", models.CASCADE, related_name="%(class)s_rows")


class Outer:
    class Inner(models.Model):
        value = models.IntegerField()

        class Meta:
            app_label = "lib"


class Sibling(Book, Tag):
    """Two concrete parents."""

    book_ptr = models.OneToOneField(Book, models.CASCADE, parent_link=True, primary_key=True)


class Diamond(Dated):
    class Meta(Dated.Meta):
        abstract = True


class OtherSide(Dated):
    extra = models.JSONField(default=dict)

    class Meta:
        abstract = True
        app_label = "shop"


class Cut(Diamond, OtherSide):
    price = models.DecimalField(max_digits=5, decimal_places=2)


class PaperBook(Book):
    """An abstract class below a concrete one."""

    weight = models.FloatField()

    class Meta:
        abstract = True


class Atlas(PaperBook):
    maps = models.IntegerField()
