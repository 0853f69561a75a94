CONN_MAX_AGE = 60
ATOMIC_REQUESTS = True
DATABASES = {
    "default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", "CONN_MAX_AGE": CONN_MAX_AGE},
}
