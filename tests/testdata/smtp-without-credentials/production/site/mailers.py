"""Django 6.1 has a dict of them."""

import os

INSTALLED_APPS = ["django.contrib.contenttypes"]
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ smtp-without-credentials
        "OPTIONS": {
            "host": os.environ.get("MAIL_HOST", "smtp.example.com"),
            "username": os.environ.get("MAIL_USER") or "",
            "password": os.environ.get("MAIL_PASSWORD") or "",
        },
    },
    "internal": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "localhost", "port": 1025},
    },
    "strict": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "smtp.example.com", "username": "site", "password": os.environ["STRICT_PASSWORD"]},
    },
}
