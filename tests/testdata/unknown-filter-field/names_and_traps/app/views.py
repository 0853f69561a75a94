from django.db.models import Count

from app.models import Book


def counted():
    return Book.objects.annotate(chapters=Count("chapter"))
