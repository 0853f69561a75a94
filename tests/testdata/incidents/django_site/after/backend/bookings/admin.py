from django.contrib import admin

from .models import Booking, Room


@admin.register(Room)
class RoomAdmin(admin.ModelAdmin):
    list_display = ["name", "capacity"]


@admin.register(Booking)
class BookingAdmin(admin.ModelAdmin):
    list_display = ["title", "room", "booked_by", "starts_at", "ends_at"]
    list_filter = ["room"]
    list_select_related = ["room", "booked_by"]
    date_hierarchy = "starts_at"
