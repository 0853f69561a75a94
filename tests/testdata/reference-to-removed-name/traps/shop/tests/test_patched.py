from shop import patched
from shop.plain import never_there


def test_time():
    patched.now = lambda: 0
