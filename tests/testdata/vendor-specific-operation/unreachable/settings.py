import dj_database_url

INSTALLED_APPS = ["shop"]
DATABASES = {"default": dj_database_url.config(default="mysql://root@localhost/shop")}
