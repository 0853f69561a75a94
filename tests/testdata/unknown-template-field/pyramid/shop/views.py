from pyramid.view import view_config

from shop.models import Line, Order


@view_config(route_name="orders", renderer="orders/list.html")
def orders(request):
    return {"orders": request.db.query(Order).order_by(Order.number).all()}


@view_config(route_name="order", renderer="shop:templates/orders/detail.html")
def order(order, request):
    lines = request.db.query(Line).filter(Line.order == order).all()
    return {"order": order, "lines": lines}


@view_config(route_name="line", renderer="orders/line.html")
def line(line, request):
    if request.params:
        return {}
    return {"line": line, "limit": 3}


@view_config(route_name="guest", renderer="orders/guest.html")
def guest(guest, request):
    return {"guest": guest}
