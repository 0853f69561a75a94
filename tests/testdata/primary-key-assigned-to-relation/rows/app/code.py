from app.models import Author, Book, Cover


def author():
    return Author.objects.create(name="a")


def book():
    return Book.objects.get_or_create(title="x", defaults={"author": author()})[0]


def right():
    Book(title="y", author=author())
    Book.objects.create(title="z", author_id=author().pk)
    Book.objects.filter(author=author().pk).update(author=author().pk)
    row = book()
    row.author_id = 1
    row.author = None
    row.author = Author.objects.first()
    Book.objects.get_or_create(title="r", author=row.author)


def made():
    Book(title="x", author=author().pk)
    #               ^^^^^^ primary-key-assigned-to-relation


def created():
    Book.objects.create(title="x", author=3)
    #                              ^^^^^^ primary-key-assigned-to-relation


def from_a_column():
    Book.objects.create(title="x", author=book().author_id)
    #                              ^^^^^^ primary-key-assigned-to-relation


def counted():
    Book.objects.create(title="x", author=int("3"))
    #                              ^^^^^^ primary-key-assigned-to-relation


def one_to_one():
    key = book().id
    Cover.objects.create(book=key)
    #                    ^^^^ primary-key-assigned-to-relation


def by_name():
    Book(author="Ada")
    #    ^^^^^^ primary-key-assigned-to-relation


def other_column():
    Book(shop="code")
    #    ^^^^ primary-key-assigned-to-relation


def assigned():
    row = book()
    row.author = author().pk
#   ^^^^^^^^^^ primary-key-assigned-to-relation


def looked_up():
    Book.objects.get_or_create(title="new", author=author().pk)
    #                                       ^^^^^^ primary-key-assigned-to-relation


def defaults():
    Book.objects.update_or_create(title="new", defaults={"author": author().pk})
    #                                                     ^^^^^^ primary-key-assigned-to-relation
