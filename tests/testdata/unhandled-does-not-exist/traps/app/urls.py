from django.urls import path

from app import views

urlpatterns = [path("<int:pk>/", views.order), path("<int:pk>/guarded/", views.guarded), path("own/", views.Own.as_view())]
urlpatterns += [path("<int:pk>/decorated/", views.decorated), path("<int:pk>/asked/", views.asked)]
urlpatterns += [path("<int:pk>/wrapped/", views.or_404(views.wrapped))]
