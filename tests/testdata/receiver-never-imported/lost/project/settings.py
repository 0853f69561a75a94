INSTALLED_APPS = ["django.contrib.auth", "app", "shop.apps.ShopConfig"]
