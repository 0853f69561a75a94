import os

DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop"}}
if True:
    ATOMIC_REQUESTS = os.environ.get("ATOMIC_REQUESTS", "yes") == "yes"
#   ^^^^^^^^^^^^^^^ misplaced-database-option


class Production:
    DATABASES = DATABASES
    ROOT_URLCONF = "urls"
    CONN_MAX_AGE = 60
#   ^^^^^^^^^^^^ misplaced-database-option
