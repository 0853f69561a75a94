INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]
AUTHENTICATION_BACKENDS = ["shop.backends.ByMail", "django.contrib.auth.backends.ModelBackend"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.contrib.auth.context_processors.auth"]},
    }
]
