from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "shop"

    def ready(self):
        from shop.models import Book
        from shop.registry import registry

        registry.register(Book)
