from contextlib import suppress
from typing import TYPE_CHECKING

from payments.api import charge
from shop import dynamic, lazy, native, patched, plain, registry, starred, sub
from shop.dynamic import a
from shop.lazy import anything
from shop.plain import eight, five, four, handle, one, seven, six, three, two
from shop.registry import old
from shop.starred import whatever
from shop.sub import bare, deep
from shop.sub.bare.thing import x
from shop.tracked import OrderEvent
from shop.virtual import y

from . import generated, secrets
from ._version import version
from .generated.parser import parse
from .native import _speed
from .native._speed import fast
from .secrets import KEY

try:
    from shop.plain import faster
except ImportError:
    from shop.plain import slower as faster

if TYPE_CHECKING:
    from shop.plain import Protocol

with suppress(ImportError):
    from shop.plain import rare


def use(request, deep_enough, settings):
    lazy.anything, dynamic.b, starred.whatever, registry.old, patched.now
    plain.__doc__, plain.__name__, plain.one, plain.shop
    sub.deep, sub.bare, native._speed
    if hasattr(plain, "other"):
        plain.other()
    if request.version > 2:
        plain.newer()
    try:
        plain.unknown()
    except AttributeError:
        pass
    if settings.EXTRA:
        from shop.extra import more


def shadowed(plain):
    plain.unknown_here()
    return [native.nothing for native in plain]


def rebound():
    plain = object()
    plain.not_a_module()
    try:
        pass
    except ValueError as sub:
        sub.message()
