import os

INSTALLED_APPS = ["shop"]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [os.environ["THEME_FOLDER"]],
    "APP_DIRS": True,
}]
