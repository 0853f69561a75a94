# another site, with another app
INSTALLED_APPS = ["django.contrib.contenttypes", "demo"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "demo.sqlite3"}}
