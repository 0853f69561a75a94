INSTALLED_APPS = ["app", "shop.apps.ShopConfig"]
