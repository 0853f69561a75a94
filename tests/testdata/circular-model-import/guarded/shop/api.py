from shop.models import Customer, Order


def orders(session):
    return session.query(Order).join(Customer).all()
