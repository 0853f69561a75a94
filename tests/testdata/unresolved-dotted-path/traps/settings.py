SECRET_KEY = "only for development"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "shop.apps."
    "ShopConfig",
    "elsewhere.apps.ElsewhereConfig",
]
MIDDLEWARE = ["shop.timing.Timing", "shop.dynamic.Anything", "elsewhere.Middleware"]
SESSION_COOKIE_NAME = "shop.session"  # holds no path
SHOP_GREETING = (
    "shop"
    "keeper"
)
AUTHENTICATION_BACKENDS = ["shop.borrowed.ByCard"]  # what a library gives is not known
CACHES = {"default": {"BACKEND": "shop.lazy.Cache", "LOCATION": "shop.nowhere"}}
REST_FRAMEWORK = {"DEFAULT_VERSION": "shop.v1", "PAGE_SIZE": 3}
ACCOUNT_ADAPTER = "shop.apps.ShopConfig.adapter"
AUDIT_REGISTERED_CLASSES = ["shop.Basket", "shop.basket"]  # labels of models
