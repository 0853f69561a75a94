from django.contrib.auth.models import Group, User
from ninja import NinjaAPI
from rest_framework import routers, viewsets


class Router(routers.DefaultRouter):
    def get_lookup_regex(self, viewset, lookup_prefix=""):
        return "[0-9]+"


class PageRouter(routers.SimpleRouter):
    routes = [routers.Route(url=r"^{prefix}/$", mapping={"get": "list"}, name="{basename}_list", detail=False, initkwargs={})]


class Users(viewsets.ModelViewSet):
    queryset = User.objects.all()


class Groups(viewsets.ModelViewSet):
    queryset = Group.objects.all()


router = Router()
router.register("users", Users)

pages = PageRouter()
pages.register("groups", Groups)

ninja = NinjaAPI(urls_namespace="ninja")
