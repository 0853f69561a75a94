from app.models import Book


def forwards(apps, schema_editor):
    Book.objects.filter(old_name=1)
