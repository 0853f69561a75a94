from production import *


class WithoutMigrations:
    def __contains__(self, label):
        return True

    def __getitem__(self, label):
        return None


# the tests make their tables from the models
MIGRATION_MODULES = WithoutMigrations()
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
