import logging
from typing import TYPE_CHECKING

from .order import Order

try:
    from .customer import Customer
except ImportError:
    logging.exception("no customers")
try:
    from .customer import Customer
except ImportError as error:
    raise RuntimeError("no customers") from error
try:
    from .customer import Customer
except ImportError:
    from shop.models.order import Order as Customer
try:
    from .customer import Customer
except AttributeError:
    pass
try:
    from .customer import Customer
except ImportError:

    class Customer:
        """What stands in for it."""

# A module with a requirement of its own.
try:
    from .place import Place
except ImportError:
    Place = None
# No model.
try:
    from .tools import helper
except ImportError:
    helper = None
# Not of this project, of another part of it.
try:
    from taggit.models import Tag
except ImportError:
    Tag = None
try:
    from extras.models import Extra
except ImportError:
    Extra = None
try:
    if TYPE_CHECKING:
        from .customer import Customer
except ImportError:
    pass


def customers():
    try:
        from .customer import Customer
    except ImportError:
        return None
    return Customer.objects.all()
