import dj_database_url
from decouple import config

INSTALLED_APPS = ["django.contrib.contenttypes", "shop"]
DATABASES = {"default": config("DATABASE_URL", cast=dj_database_url.parse)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {"timeout": 20}
