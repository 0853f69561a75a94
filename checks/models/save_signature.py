from __future__ import annotations

import re
from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.models.overridden_saves import Override, overridden_saves
from linter.span import Span

_ONLY_SELF = re.compile(rb"\s*\(\s*self\s*,?\s*(\))")
_EMPTY = re.compile(rb"\(\s*\)$")
_ALL = "*args, **kwargs"


class SaveSignature(Check):
    """A model whose `save()` refuses what Django hands to it, or takes it and loses it.

    Django saves by keyword: `objects.create()` says `save(force_insert=True, using=…)`, `update_or_create()` adds
    `update_fields`. A `save(self)` that takes none of them fails there, while the admin and forms, which say `save()`, work:

    ```text
    TypeError: Profile.save() got an unexpected keyword argument 'force_insert'
    ```

    A `save(self, *args, **kwargs)` that ends in `super().save()` fails nowhere (warning). It writes all columns where
    `update_fields` named one, so it undoes what others wrote meanwhile; it writes to the default database where another was
    asked for; and `create()` with a key that is taken overwrites that row instead of raising `IntegrityError`.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Profile(models.Model):
        name = models.CharField(max_length=100)

        def save(self):
            self.name = self.name.strip()
            super().save()
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Profile(models.Model):
        name = models.CharField(max_length=100)

        def save(self, *args, **kwargs):
            self.name = self.name.strip()
            super().save(*args, **kwargs)
    ```

    ## Silent when

    - `save()` has a decorator;
    - it takes what Django hands to it and looks at any of it itself, or calls its parent's `save()` more than once, or not
      at all: then it decides for itself what is lost;
    - the class is no model, or stands in tests or migrations.

    ## Fix

    `*args, **kwargs` are taken and handed on. Safe where `save()` took nothing, for no call can have relied on what was lost;
    unsafe where it took them.
    """

    summary = "a `save()` of a model that refuses, or loses, what Django hands to it"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        unit = project.unit(path)
        for override in overridden_saves(project, unit) if unit is not None else ():
            if override.missing:
                yield self.refuses(project, path, override)
            elif override.parent is not None:
                yield self.loses(project, path, override)

    def refuses(self, project: Project, path: str, override: Override) -> Finding:
        name = override.cls.unit.span(override.node.at)
        return self.finding(
            project.place(path, name),
            f"`{override.cls.name}.save()` does not take `{override.missing}`, which Django hands to it",
            runtime=f"{override.cls.qualname}.save() got an unexpected keyword argument '{override.missing}'",
            help=f"take `{_ALL}` and hand them on",
            fix=_handing_all(project, path, override, name),
        )

    def loses(self, project: Project, path: str, override: Override) -> Finding:
        assert override.parent is not None
        call = override.cls.unit.span(override.parent.at, override.node)
        kinds = [param.kind for param in override.node.params[1:]]
        names = [param.name for param in override.node.params[1:]]
        handed = _filled(project, path, call, f"*{names[0]}, **{names[1]}") if kinds == ["*", "**"] else None
        return self.finding(
            project.place(path, call),
            f"`{override.cls.name}.save()` loses what it is given: `update_fields`, `using` and `force_insert` have no effect",
            severity="warning",
            help="hand them on to the parent's `save()`",
            fix=Fix(False, (handed,), "hand them on") if handed is not None else None,
        )


def _handing_all(project: Project, path: str, override: Override, name: Span) -> Fix | None:
    """For `def save(self)` that calls its parent once, and with nothing."""
    parameters = _ONLY_SELF.match(project.source(path).data, name.end)
    if parameters is None or override.parent is None:
        return None
    taken = Edit(project.place(path, Span(name.end, parameters.end())), f"(self, {_ALL})")
    handed = _filled(project, path, override.cls.unit.span(override.parent.at, override.node), _ALL)
    return Fix(True, (taken, handed), f"take `{_ALL}` and hand them on") if handed is not None else None


def _filled(project: Project, path: str, call: Span, arguments: str) -> Edit | None:
    """The empty parentheses at the end of a call, filled."""
    empty = _EMPTY.search(project.source(path).data[call.start : call.end])
    if empty is None:
        return None
    return Edit(project.place(path, Span(call.start + empty.start(), call.end)), f"({arguments})")
