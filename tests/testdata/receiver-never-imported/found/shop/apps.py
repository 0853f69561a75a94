from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "shop"

    def ready(self):
        self.connect()

    def connect(self):
        from shop import signals

        print(signals)
