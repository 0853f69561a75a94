from django.db.models.loading import get_model
from django.views.generic import DetailView

Order = get_model("shop", "Order")


class OrderView(DetailView):
    model = Order
