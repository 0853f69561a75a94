from core import Settings

try:
    import shopext

    ext = True
except ImportError:
    ext = False


class Base(Settings):
    ROOT_URLCONF = "site.urls"
    SHOW = True

    @property
    def INSTALLED_APPS(self):
        apps = ["django.contrib.auth", "django.contrib.contenttypes", "django_gravatar", "shop"]
        if ext:
            apps.append("shopext.spam")  # nothing says where it comes from: it may well know the shop
        return apps


class Production(Base):
    SHOW = False

    @property
    def INSTALLED_APPS(self):
        return super().INSTALLED_APPS + ["shop.extra"]
#                                        ^^^^^^^^^^^^ unresolved-dotted-path


Production.load_settings(__name__)
