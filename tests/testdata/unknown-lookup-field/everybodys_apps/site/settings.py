ROOT_URLCONF = "site.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "csrf.apps.CsrfAppConfig",  # comes with a package of another name, which knows nothing of this project
    "shop",
]
