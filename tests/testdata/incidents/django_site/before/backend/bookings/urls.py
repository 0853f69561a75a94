from django.urls import path

from .views import BookingCreate, BookingList

urlpatterns = [
    path("", BookingList.as_view(), name="booking-list"),
    path("new/", BookingCreate.as_view(), name="booking-create"),
]
