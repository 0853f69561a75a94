from shop.models import Book, Order, Other


def found():
    Book.objects.filter(title="a")
    Book.objects.filter(name="a")
    #                   ^^^^ unknown-lookup-field
    Order.objects.filter(lines=3)
    Other.objects.filter(name=3)
