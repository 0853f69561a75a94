INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sites", "core", "shop", "taggit"]
AUTH_USER_MODEL = "auth.User"
