from app.models import Author, Book, Cover, Tag


def book():
    return Book.objects.get_or_create(title="x", defaults={"author": Author.objects.create(name="a")})[0]


def right():
    row = book()
    row.tags.set([])
    row.author = None
    row.second = Author.objects.create(name="b")
    row.cover = Cover()
    row.author_id = 3


def forward():
    row = book()
    row.tags = []
#   ^^^^^^^^ direct-many-to-many-assignment


def reverse():
    tag = Tag.objects.create(word="x")
    tag.book_set = Book.objects.all()  # those that have it
#   ^^^^^^^^^^^^ direct-many-to-many-assignment


def pointing():
    book().author.books = [book()]
#   ^^^^^^^^^^^^^^^^^^^ direct-many-to-many-assignment


def generic():
    row = book()
    row.notes = []
#   ^^^^^^^^^ direct-many-to-many-assignment


def together():
    row = book()
    row.title, row.tags = "x", []
    #          ^^^^^^^^ direct-many-to-many-assignment


def sum_of():
    row = book()
    row.tags = [] + []
#   ^^^^^^^^ direct-many-to-many-assignment


def made():
    Book(title="x", tags=[])
    #               ^^^^ direct-many-to-many-assignment


def created():
    Book.objects.create(title="x", tags=[])
    #                              ^^^^ direct-many-to-many-assignment


def made_with_notes():
    Book(notes=[])
    #    ^^^^^ direct-many-to-many-assignment


def made_from_the_other_side():
    Author(name="x", books=[])
    #                ^^^^^ direct-many-to-many-assignment


def defaults():
    Book.objects.get_or_create(title="new", defaults={"tags": []})
    #                                                  ^^^^ direct-many-to-many-assignment
