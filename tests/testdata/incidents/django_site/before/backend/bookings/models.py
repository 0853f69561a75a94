from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse


PERIOD = Func("starts_at", "ends_at", function="TSTZRANGE", output_field=DateTimeRangeField())


class Room(models.Model):
    name = models.CharField(max_length=60, unique=True)
    capacity = models.PositiveSmallIntegerField(default=4)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Booking(models.Model):
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="bookings")
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookings")
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_start"),
            ExclusionConstraint(
                name="booking_no_overlap",
                expressions=[(PERIOD, RangeOperators.OVERLAPS), ("room", RangeOperators.EQUAL)],
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.room})"

    def get_absolute_url(self):
        return reverse("booking-list") + f"#booking-{self.pk}"
