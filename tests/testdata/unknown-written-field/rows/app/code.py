from app.models import Author, Book, Novel


def right():
    author = Author.objects.create(name="a")
    Book.objects.create(title="x", author=author, pk=7, sheets=3, about=author)
    Novel(title="n", epoch="now", author_id=author.pk, id=9, book_ptr_id=9)
    Book.objects.get_or_create(title="y", defaults={"author": author, "sheets": 2, "pk": 99})
    Book.objects.update_or_create(title="z", defaults={"pages": 2}, create_defaults={"pages": 3})
    author.book_set.create(title="v")


def made():
    Book(titel="x")
    #    ^^^^^ unknown-written-field


def created():
    Book.objects.create(title="x", writer=None)
    #                              ^^^^^^ unknown-written-field


def created_on_a_relation():
    Author.objects.create(name="b").book_set.create(title="x", writer=None)
    #                                                          ^^^^^^ unknown-written-field


def of_a_child():
    Book(epoch="now")
    #    ^^^^^ unknown-written-field


def through():
    Book(author__name="a")
    #    ^^^^^^^^^^^^ unknown-written-field


def computed():
    Book(is_long=True)
    #    ^^^^^^^ unknown-written-field


def remembered():
    Book(weight=3)
    #    ^^^^^^ unknown-written-field


def method():
    Book(lines=3)
    #    ^^^^^ unknown-written-field


def constant():
    Book.objects.create(LONG=3)
    #                   ^^^^ unknown-written-field


def accessor():
    Book(review_set=None)
    #    ^^^^^^^^^^ unknown-written-field


def spread():
    Book(**{"title": "x", "titel": "x"})
    #                      ^^^^^ unknown-written-field


def defaults():
    Book.objects.get_or_create(title="new", defaults={"titel": "x"})
    #                                                  ^^^^^ unknown-written-field


def computed_default():
    Book.objects.get_or_create(title="new", defaults={"is_long": True})
    #                                                  ^^^^^^^ unknown-written-field


def called_defaults():
    Book.objects.get_or_create(title="new", defaults=dict(titel="x"))
    #                                                     ^^^^^ unknown-written-field


def updated():
    Book.objects.update_or_create(title="new", defaults={"pags": 1})
    #                                                     ^^^^ unknown-written-field


def create_defaults():
    Book.objects.update_or_create(title="new", defaults={"pages": 1}, create_defaults={"page": 1})
    #                                                                                   ^^^^ unknown-written-field
