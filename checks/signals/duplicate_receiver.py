from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.signals.copies import Copy
from linter.project.signals.receivers import can_receive


class DuplicateReceiver(Check):
    """Two modules connect a receiver that does the same job to the same signal of the same sender.

    That is what a forgotten `models_backup.py` does, or a receiver that was moved to `signals.py` and left behind in
    `models.py`. Django knows receivers by their identity: connecting the *same function* twice is one connection, but two
    functions are two, however alike. As soon as both modules are imported, all that the receiver does is done twice: two
    e-mails, two log entries, and where it creates a row that must be unique

    ```text
    django.db.utils.IntegrityError: UNIQUE constraint failed: app_profile.user_id
    ```

    The finding stands on the copy: the one in a module that is named like a backup, else the one that nothing imports,
    else the later one. It is an error where both modules are certain to be imported when the project starts (from
    `INSTALLED_APPS`, the URL configuration, `AppConfig.ready()` and what these import), and a warning where the copy only
    waits for somebody to import it.

    ## Bad

    ```python
    # file: app/models.py
    from django.contrib.auth.models import User
    from django.core.mail import send_mail
    from django.db.models.signals import post_save
    from django.dispatch import receiver


    @receiver(post_save, sender=User)
    def welcome(sender, instance, created, **kwargs):
        if created:
            send_mail("Welcome", "Have a look around.", None, [instance.email])
    ```

    ```python
    # file: app/models_backup.py
    from django.contrib.auth.models import User
    from django.core.mail import send_mail
    from django.db.models.signals import post_save
    from django.dispatch import receiver


    @receiver(post_save, sender=User)
    def welcome(sender, instance, created, **kwargs):
        if created:
            send_mail("Welcome!", "Have a look around.", None, [instance.email])
    ```

    ## Good

    ```python
    # file: app/signals.py
    from django.contrib.auth.models import User
    from django.core.mail import send_mail
    from django.db.models.signals import post_save
    from django.dispatch import receiver


    @receiver(post_save, sender=User)
    def welcome(sender, instance, created, **kwargs):
        if created:
            send_mail("Welcome", "Have a look around.", None, [instance.email])
    ```

    ```python
    # file: app/apps.py
    from django.apps import AppConfig
    from django.db.models.signals import post_save


    class AppConfig(AppConfig):
        name = "app"

        def ready(self):
            from django.contrib.auth.models import User

            from app.signals import welcome

            post_save.connect(welcome, sender=User)  # the same function again: no second connection
    ```

    ## Silent when

    - it is the same function, connected twice;
    - the two only share a name and do different things;
    - both are connected under one `dispatch_uid`, so that Django drops the second (see `shared-dispatch-uid`);
    - the sender is not known, or one of the two is a test's;
    - the modules belong to two projects in one repository.

    ## Fix

    None: which of the two should stay is not the tool's to decide. A `dispatch_uid` is no cure, unless both copies have it.
    """

    summary = "two receivers that do the same job for one signal and sender"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        unit = project.unit(path)
        if unit is None or not can_receive(project, unit):
            return
        for copy in project.receiver_copies.in_file(path):
            yield self.report(project, copy)

    def report(self, project: Project, copy: Copy) -> Finding:
        assert copy.copy.function is not None
        assert copy.original.function is not None
        signal = copy.copy.signal.rpartition(".")[2]
        of = f" of `{copy.copy.sender.model.name}`" if copy.copy.sender.model is not None else ""
        name, original = copy.copy.function.node.name, copy.original.function.dotted
        related = [Related(project.receivers.place(copy.original), "the same job is done here")]
        imported = project.startup.import_place(copy.copy.path) if copy.certain else None
        if imported is not None:
            related.append(Related(imported, "imported here, so both run"))
        if copy.certain:
            message = f"`{name}` does for {signal}{of} what `{original}` does, so it is done twice"
        else:
            message = f"`{name}` does for {signal}{of} what `{original}` does; once this module is imported both run"
        return self.finding(
            project.receivers.place(copy.copy),
            message,
            severity="error" if copy.certain else "warning",
            help="delete this copy" if copy.is_backup else "connect one of the two",
            related=related,
        )
