"""Django's models as their classes declare them: fields, reverse relations, managers, names that a query accepts."""

from linter.project.models.index import Models
from linter.project.models.model import Field, Manager, Model, Reverse

__all__ = ["Field", "Manager", "Model", "Models", "Reverse"]
