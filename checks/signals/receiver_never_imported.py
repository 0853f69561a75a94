from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.signals.unimported import Unimported


class ReceiverNeverImported(Check):
    """A module connects receivers, and nothing imports the module, so that they are never called.

    Django imports an app's package, its `apps` and its `models`; no `signals.py`. The place to import that is `ready()` of the
    app's configuration. Where the import is missing, or the method is misspelt, nothing is raised and nothing is logged: the
    rows are saved, and what should have happened then does not.

    ## Bad

    ```python
    # file: settings.py
    INSTALLED_APPS = ["app"]
    ```

    ```python
    # file: app/apps.py
    from django.apps import AppConfig


    class ShopConfig(AppConfig):
        name = "app"
    ```

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
    ```

    ```python
    # file: app/signals.py
    from django.db.models.signals import post_save
    from django.dispatch import receiver

    from app.models import Book


    @receiver(post_save, sender=Book)
    def book_saved(sender, instance, **kwargs):
        print("never printed", instance.title)
    ```

    ## Good

    ```python
    # file: settings.py
    INSTALLED_APPS = ["app"]
    ```

    ```python
    # file: app/apps.py
    from django.apps import AppConfig


    class ShopConfig(AppConfig):
        name = "app"

        def ready(self):
            from app import signals
    ```

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
    ```

    ```python
    # file: app/signals.py
    from django.db.models.signals import post_save
    from django.dispatch import receiver

    from app.models import Book


    @receiver(post_save, sender=Book)
    def book_saved(sender, instance, **kwargs):
        print("saved", instance.title)
    ```

    ## Silent when

    - anything but tests imports the module, at its top or in a function, be that ever called or not; a method of the app's
      configuration that nobody calls counts for nothing;
    - its name stands in a string, or some code looks for modules by itself (`autodiscover_modules`, `iter_modules`);
    - the app is not in INSTALLED_APPS of any settings module, or the module is one that Django, Celery or somebody at a command
      line runs;
    - the connection stands in a function or below an `if`.

    ## Fix

    None: `ready()` of the app's configuration is to import the module, but whether the receivers are still wanted only the
    author knows.
    """

    summary = "receivers in a module that nothing imports, so that they are never called"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        unit = project.unit(path)
        if unit is None or {"receiver(", ".connect("}.isdisjoint(unit.module.uses):
            return
        found = project.unimported_receivers.of(path)
        if found is not None:
            yield self.report(project, found)

    def report(self, project: Project, found: Unimported) -> Finding:
        connected = found.receivers[0]
        first, *others = dict.fromkeys(receiver.name.rpartition(".")[2] for receiver in found.receivers)
        more = f" and {len(others)} more" if others else ""
        related, method = [], found.unused
        if method is not None:
            place = project.place(method.unit.path, method.span)
            related.append(Related(place, f"`{method.node.name}()` imports it, and nobody calls that"))
        receivers = project.receivers
        is_here = connected.path == found.path
        return self.finding(
            receivers.place(connected) if is_here else receivers.connection_place(connected),
            f"nothing imports this module, so `{first}`{more} {'are' if more else 'is'} never called",
            help="import it in `ready()` of the app's configuration",
            related=related,
        )
