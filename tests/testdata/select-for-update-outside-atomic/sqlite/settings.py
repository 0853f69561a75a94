INSTALLED_APPS = ["django.contrib.contenttypes", "app"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "site"}}
ROOT_URLCONF = "app.urls"
