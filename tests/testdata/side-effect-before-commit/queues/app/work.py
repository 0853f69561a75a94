from django.db import transaction

from app import tasks
from app.models import Book
from app.tasks import bind, draw, index, plain


def add(title, mail):
    with transaction.atomic():
        book = Book.objects.create(title=title)
        draw.send(book.pk)
#       ^^^^^^^^^ side-effect-before-commit
        tasks.print_cover.send(pk=book.pk)
#       ^^^^^^^^^^^^^^^^^^^^^^ side-effect-before-commit
        index(book.pk)
#       ^^^^^ side-effect-before-commit
        draw.send_with_options(args=(book.pk,), delay=1000)
        bind(book.pk)
        plain(book.pk)
        mail.send(book.pk)
        transaction.on_commit(lambda: draw.send(book.pk))
    draw.send(book.pk)
    index(book.pk)
