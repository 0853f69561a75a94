from . import one, other
