import sys
from pathlib import Path

import environ

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent

APPS = ("django.contrib.contenttypes",)
INSTALLED_APPS = [*APPS]
INSTALLED_APPS += ["shop"]

MIGRATION_MODULES = {"sites": "contrib.sites.migrations"}
DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///shop")}
if "test" in sys.argv:
    DATABASES.update(default=dict(ENGINE="django.db.backends.sqlite3", NAME=str(BASE_DIR / "test.sqlite3")))
