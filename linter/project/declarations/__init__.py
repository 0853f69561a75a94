"""Names of fields that class bodies give: admin, forms, serializers, views, filters, tables; and which of them are wrong.

`options` puts together what a class body says, `classes` tells what a class is and which model it speaks of, and each
framework's way of naming has a module of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.project.declarations.classes import Classes
from linter.project.trace import cached_property

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.declarations.admin import Admin
    from linter.project.declarations.changelists import Changelists
    from linter.project.declarations.filters import Filters
    from linter.project.declarations.form_fields import Forms
    from linter.project.declarations.hooks import Hooks
    from linter.project.declarations.model_forms import ModelForms
    from linter.project.declarations.registrations import Registrations
    from linter.project.declarations.repeated import SerializedFinder
    from linter.project.declarations.serializers import Serializers
    from linter.project.declarations.sources import Sources
    from linter.project.declarations.tables import Tables
    from linter.project.declarations.views import Views
    from linter.project.queries.paths import Paths


class Declarations:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.classes = Classes(project)

    @property
    def paths(self) -> Paths:
        return self.project.queries.paths

    @cached_property
    def registrations(self) -> Registrations:
        from linter.project.declarations.registrations import Registrations

        return Registrations(self.project)

    @cached_property
    def admin(self) -> Admin:
        from linter.project.declarations.admin import Admin

        return Admin(self)

    @cached_property
    def forms(self) -> Forms:
        from linter.project.declarations.form_fields import Forms

        return Forms(self.classes)

    @cached_property
    def model_forms(self) -> ModelForms:
        from linter.project.declarations.model_forms import ModelForms

        return ModelForms(self)

    @cached_property
    def serializers(self) -> Serializers:
        from linter.project.declarations.serializers import Serializers

        return Serializers(self)

    @cached_property
    def sources(self) -> Sources:
        from linter.project.declarations.sources import Sources

        return Sources(self)

    @cached_property
    def views(self) -> Views:
        from linter.project.declarations.views import Views

        return Views(self)

    @cached_property
    def filters(self) -> Filters:
        from linter.project.declarations.filters import Filters

        return Filters(self)

    @cached_property
    def tables(self) -> Tables:
        from linter.project.declarations.tables import Tables

        return Tables(self)

    @cached_property
    def hooks(self) -> Hooks:
        from linter.project.declarations.hooks import Hooks

        return Hooks(self)

    @cached_property
    def serialized(self) -> SerializedFinder:
        from linter.project.declarations.repeated import SerializedFinder

        return SerializedFinder(self)

    @cached_property
    def changelists(self) -> Changelists:
        from linter.project.declarations.changelists import Changelists

        return Changelists(self)

    @cached_property
    def has_own_site_actions(self) -> bool:
        """Whether the project may give its admin sites actions besides Django's."""
        return any(unit.mentions("add_action") or unit.mentions("AdminSite") for unit in self.project.units())
