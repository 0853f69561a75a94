from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "library"
    label = "lib"

    def ready(self):
        from library.models import Shelf

        Shelf.add_to_class("place", "cellar")
        Shelf.sorted_by = None
