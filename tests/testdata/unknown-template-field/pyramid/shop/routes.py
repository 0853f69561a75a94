def includeme(config):
    config.add_route("orders", "/orders/")
    config.add_route("order", "/orders/{number}/", factory="shop.models:OrderFactory", traverse="/{number}")
    config.add_route(
        "line", "/orders/{number}/{position}/", factory="shop.models:OrderFactory", traverse="/{number}/{position}"
    )
    config.add_route("guest", "/guests/{number}/", factory=make_guest, traverse="/{number}")


def make_guest(request):
    return request.context
