from django import forms

from .models import Booking


class BookingForm(forms.ModelForm):
    class Meta:
        model = Booking
        fields = ["room", "title", "starts_at", "ends_at"]

    def clean(self):
        data = super().clean()
        room, start, end = data.get("room"), data.get("starts_at"), data.get("ends_at")
        if room and start and end:
            overlapping = Booking.objects.filter(room=room, starts_at__lt=end, ends_at__gt=start)
            if overlapping.exclude(pk=self.instance.pk).exists():
                raise forms.ValidationError("The room is taken at that time.")
        return data
