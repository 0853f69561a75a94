import dj_database_url

INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.postgres", "shop"]
DATABASES = {"default": dj_database_url.config(env="SHOP_DATABASE", default="sqlite:///db.sqlite3")}
