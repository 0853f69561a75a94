INSTALLED_APPS = ["django.contrib.contenttypes", "app"]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "site"}}
ROOT_URLCONF = "app.urls"
