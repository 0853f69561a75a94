try:
    from shop.models.customer import Customer
    #                                ^^^^^^^^ guarded-model-import
except ImportError:
    Customer = None
try:
    from shop.models.order import Order
    #                             ^^^^^ guarded-model-import
except ImportError:
    Order = None
