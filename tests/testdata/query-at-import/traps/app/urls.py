from app import forms, views

urlpatterns = []
