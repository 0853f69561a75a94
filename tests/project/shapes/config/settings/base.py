SECRET_KEY = "only for this test"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True

DJANGO_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
]
LOCAL_APPS = ["people.apps.PeopleConfig", "library", "shop", "bare.inner"]

INSTALLED_APPS = DJANGO_APPS + LOCAL_APPS
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
ITEM_MODEL = "shop.Item"
