INSTALLED_APPS = ["shop", "somebody"]
ROOT_URLCONF = "urls"
