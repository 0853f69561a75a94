INSTALLED_APPS = ["shop"]
ROOT_URLCONF = "urls"
PAGES = ["about", "terms"]
