from django.template.loader import render_to_string

from app.models import Book


def handle(*args, **options):
    print(render_to_string("app/books.html", {"books": Book.objects.all()}))
