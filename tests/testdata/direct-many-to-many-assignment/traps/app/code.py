from app.models import Book, Guarded, Listed, Shelf


def owns_it(rows):
    Book.objects.get().kept = rows
    Book(kept=rows)
    Listed.objects.get().tags = rows
    Guarded.objects.get().tags = rows


def is_no_row(row, rows, form):
    row.tags = rows
    form.instance.tags = rows
    Shelf().tags = rows
    book = Book.objects.get()
    book.tag_list = rows
    book = Shelf()
    book.tags = rows
    Book.tags = rows


def changes_what_is_there(rows):
    book = Book.objects.get()
    book.tags.add(*rows)
    book.tags.update(word="x")
    book.tags.first().book_set.add(book)


def waits_for_it(rows):
    try:
        Book.objects.get().tags = rows
    except TypeError:
        pass
