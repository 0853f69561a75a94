"""What production starts from; only the settings for development take the choice back."""

from decouple import config

INSTALLED_APPS = ["django.contrib.contenttypes"]
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ smtp-without-credentials
EMAIL_HOST = config("EMAIL_HOST", default="smtp.example.com")
EMAIL_HOST_USER = config("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = config("EMAIL_HOST_PASSWORD", default="")
