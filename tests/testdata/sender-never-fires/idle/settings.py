INSTALLED_APPS = ["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "app", "people"]
AUTH_USER_MODEL = "people.Person"
