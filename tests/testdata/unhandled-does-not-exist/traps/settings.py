INSTALLED_APPS = ["django.contrib.contenttypes", "app"]
ROOT_URLCONF = "app.urls"
