INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "app"]
AUTH_USER_MODEL = "app.Member"
