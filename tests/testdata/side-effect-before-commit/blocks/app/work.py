from django.contrib import admin
from django.db import transaction

from app.models import Book
from app.tasks import draw


def put(model, values):
    instance = model(**values)
    with transaction.atomic():
        instance.save()


def add(title, form):
    with transaction.atomic():
        book = Book.objects.create(title=title)
        draw.delay(book.pk)
#       ^^^^^^^^^^ side-effect-before-commit
        other = form.save()
        if other:
            draw.delay(other.pk)
#           ^^^^^^^^^^ side-effect-before-commit
        transaction.on_commit(lambda: draw.delay(book.pk))
    draw.delay(book.pk)


@transaction.atomic
def rename(book, title, another):
    draw.delay(book.pk)
    book.title = title
    book.save()
    draw.delay(another.pk)
    draw.delay(book.pk)
#   ^^^^^^^^^^ side-effect-before-commit


def without(title):
    book = Book.objects.create(title=title)
    draw.delay(book.pk)


class BookAdmin(admin.ModelAdmin):
    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        draw.delay(obj.pk)
#       ^^^^^^^^^^ side-effect-before-commit
