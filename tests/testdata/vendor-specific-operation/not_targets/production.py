INSTALLED_APPS = ["django.contrib.contenttypes", "shop", "archive.apps.ArchiveConfig"]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop"}}
