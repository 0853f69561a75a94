def as_text(book):
    return f"{book.title} by {book.author.name}"


def with_tags(prefix, book):
    tags = [tag.name for tag in book.tags.all()]
    return prefix + ", ".join(tags)


def perhaps(book, is_long=False):
    if is_long:
        return book.author.name
    return book.title


def one_by_one(book):
    yield book.author.name


def saved(book):
    return book.author_id


def renamed(book):
    book.title = book.author.name
    book.save()
