INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sites", "orders", "stock", "taggit"]
AUTH_USER_MODEL = "auth.User"
