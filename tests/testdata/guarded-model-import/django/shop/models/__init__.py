from contextlib import suppress

from .order import Order

try:
    from .customer import Customer
    #                     ^^^^^^^^ guarded-model-import
except ImportError:
    Customer = None
try:
    from . import address
    #             ^^^^^^^ guarded-model-import
except (ImportError, AttributeError):
    ...
with suppress(ModuleNotFoundError):
    from .invoice import *
    #                    ^ guarded-model-import
try:
    import shop.models.payment
    #      ^^^^^^^^^^^^^^^^^^^ guarded-model-import
except:
    HAS_PAYMENT = False
else:
    HAS_PAYMENT = True
