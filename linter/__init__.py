"""The engine of ormlint: it never names a check."""

__version__ = "0.1.0"
