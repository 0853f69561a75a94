import sys


def deprecate(names, module):
    for old, new in names.items():
        setattr(sys.modules[module], old, new)


def install():
    sys.modules["shop.virtual"] = sys
