KNOWN = {}


def register(cls):
    KNOWN[cls.__name__] = cls
    return cls


def named(name):
    def decorate(cls):
        KNOWN[name] = cls
        return cls

    return decorate


def extended(cls):
    cls.base_filters = {}
    return cls
