from importlib import import_module


def start(app):
    return import_module("%s.handlers" % app)
