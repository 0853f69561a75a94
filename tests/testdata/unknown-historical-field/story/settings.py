INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "shop", "blog"]
AUTH_USER_MODEL = "shop.Customer"
