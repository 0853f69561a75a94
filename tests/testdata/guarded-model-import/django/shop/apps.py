from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "shop"

    def ready(self):
        try:
            from shop.models.customer import Customer  # noqa
            #                                ^^^^^^^^ guarded-model-import
        except Exception:
            pass
