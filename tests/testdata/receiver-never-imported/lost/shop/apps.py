from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "shop"

    def reddy(self):
        from shop import signals

        print(signals)
