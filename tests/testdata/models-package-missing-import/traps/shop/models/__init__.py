from shop.models.order import Order
