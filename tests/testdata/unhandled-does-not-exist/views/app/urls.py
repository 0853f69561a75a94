from django.urls import path

from app import views

urlpatterns = [
    path("<int:pk>/", views.order),
    path("thanks/", views.Thanks.as_view()),
    path("<str:number>/", views.Numbered.as_view()),
]
