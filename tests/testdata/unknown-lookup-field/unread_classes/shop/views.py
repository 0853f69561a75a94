from shop.models import Author, Book, Line, Page


def found():
    Book.objects.filter(color="red", color_code=3, author_id=4, _color_raw="", author__name="")
    Book.objects.filter(colour="red")
    #                   ^^^^^^ unknown-lookup-field
    Author.objects.filter(books__title="", books__missing="")
    Author.objects.filter(book=3)
    #                     ^^^^ unknown-lookup-field
    Author.objects.filter(missing=3)
    #                     ^^^^^^^ unknown-lookup-field
    Page.objects.filter(anything=1)
    Line.objects.filter(anything=1)
