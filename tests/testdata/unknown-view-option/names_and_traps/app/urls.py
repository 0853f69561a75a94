from django.urls import path
from django.views.generic import TemplateView

from app import api, views

urlpatterns = [
    path("", views.BookList.as_view(page=2, paginate_by=10)),
    path("list/", views.BookList.as_view(modle=views.Book)),
    #                                    ^^^^^ unknown-view-option
    path("about/", TemplateView.as_view(template="about.html")),
    #                                   ^^^^^^^^ unknown-view-option
    path("api/", api.BookViewSet.as_view({"get": "list"}, whatever=1)),
]
