from django.contrib.auth.mixins import LoginRequiredMixin
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.generic import CreateView, ListView

from .forms import BookingForm
from .models import Booking


class BookingList(LoginRequiredMixin, ListView):
    template_name = "bookings/list.html"
    context_object_name = "bookings"

    def get_queryset(self):
        return Booking.objects.filter(ends_at__gte=timezone.now()).select_related("room", "booked_by")


class BookingCreate(LoginRequiredMixin, CreateView):
    model = Booking
    form_class = BookingForm
    template_name = "bookings/form.html"
    success_url = reverse_lazy("booking-list")

    def form_valid(self, form):
        form.instance.booked_by = self.request.user
        return super().form_valid(form)
