from app.models import Author, Book, Loose, Taking


def takes_a_key():
    Book.objects.create(author=3)
    Loose(author=3)
    Taking(author=3)


def may_be_a_row(author, pk, request):
    Book(author=author)
    Book(author=pk)
    Book(author=request.user)
    Book(author=Author.objects.get(pk=3) if pk else Author())
    Book(author=3 if pk else author)
    book = Book()
    book.author = author
    book.author = request.POST["author"]


def is_said_to_be_a_text(author: str, books: dict[Author, int]):
    Book(author=author)  # annotations are often wrong
    for author in books:
        Book(author=author)


def is_no_relation():
    book = Book()
    book.writer = 3
    {}["author"] = 3


def goes_on():
    book = Book.objects.get()
    book.author.update(3)


def waits_for_it():
    try:
        Book(author=3)
    except ValueError:
        pass
