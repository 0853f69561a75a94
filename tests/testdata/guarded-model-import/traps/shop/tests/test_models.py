try:
    from shop.models.customer import Customer
except ImportError:
    Customer = None
