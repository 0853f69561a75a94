import pkgutil
from importlib import import_module

for found in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{found.name}")
