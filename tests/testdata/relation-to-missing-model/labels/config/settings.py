INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "shop",
    "people.apps.PeopleConfig",
]
AUTH_USER_MODEL = "folk.Person"
