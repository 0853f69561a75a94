SECRET_KEY = "only for development"
ROOT_URLCONF = "shop.routes"
#              ^^^^^^^^^^^^^ unresolved-dotted-path
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "shop.auth"
#   ^^^^^^^^^^^ unresolved-dotted-path
    "shop.apps.ShopConfig",
]
MIDDLEWARE = ["shop.middleware.Timing", "shop.middleware.Clock"]
#                                       ^^^^^^^^^^^^^^^^^^^^^^^ unresolved-dotted-path
AUTHENTICATION_BACKENDS = ("shop.auth.backends.ByCard",)
#                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ unresolved-dotted-path
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["shop.processors.cart", "shop.processors.basket"],
#                                                          ^^^^^^^^^^^^^^^^^^^^^^^^ unresolved-dotted-path
            "libraries": {"money": "shop.templatetags.money"},
#                                  ^^^^^^^^^^^^^^^^^^^^^^^^^ unresolved-dotted-path
        },
    }
]
REST_FRAMEWORK = {"EXCEPTION_HANDLER": "shop.errors.handle"}
#                                      ^^^^^^^^^^^^^^^^^^^^ unresolved-dotted-path
LOGGING = {
    "version": 1,
    "handlers": {"desk": {"class": "shop.middleware.DeskHandler"}},
#                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unresolved-dotted-path
}
