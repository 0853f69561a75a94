"""The site does not start without them."""

import os

INSTALLED_APPS = ["django.contrib.contenttypes"]
DEBUG = os.environ.get("DEBUG") == "1"

from decouple import config

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "smtp.example.com")
EMAIL_HOST_USER = os.environ["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = config("EMAIL_HOST_PASSWORD")
