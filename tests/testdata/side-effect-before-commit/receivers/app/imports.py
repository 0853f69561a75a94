from app.models import Shelf


def shelf_of(name):
    shelf, _ = Shelf.objects.get_or_create(name=name)
    return shelf
