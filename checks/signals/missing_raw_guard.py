from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.serving.calls import name_at
from linter.project.signals.raw_saves import Unasked


class MissingRawGuard(Check):
    """A receiver sends mail, queues a task or changes other rows for every row of a fixture, too.

    `loaddata` saves the rows of a fixture one by one, as they stand in the file, and `pre_save` and `post_save` are sent for
    each of them, with `raw=True`. Django's documentation says of it: "One should not query/modify other records in the
    database as the database might not be in a consistent state yet." A row that the new one points at may come later in the
    file, and then asking for it ends the whole command:

    ```text
    app.models.Shelf.DoesNotExist: Problem installing fixture
    ```

    And what was meant for one row at a time is done for all of them: mails are sent to everybody in the file, once for each
    developer who loads it.

    Reported are receivers of which a fixture of the project holds the sender.

    ## Bad

    ```python
    # file: app/models.py
    from django.core.mail import send_mail
    from django.db import models
    from django.db.models.signals import post_save
    from django.dispatch import receiver


    class Reader(models.Model):
        email = models.EmailField()


    @receiver(post_save, sender=Reader)
    def welcome(sender, instance, created, **kwargs):
        if created:
            send_mail("Welcome", "Have a look around.", None, [instance.email])
    ```

    ```json
    # file: app/fixtures/readers.json
    [
      {"model": "app.reader", "pk": 1, "fields": {"email": "emma@example.com"}},
      {"model": "app.reader", "pk": 2, "fields": {"email": "jane@example.com"}}
    ]
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.core.mail import send_mail
    from django.db import models
    from django.db.models.signals import post_save
    from django.dispatch import receiver


    class Reader(models.Model):
        email = models.EmailField()


    @receiver(post_save, sender=Reader)
    def welcome(sender, instance, created, raw, **kwargs):
        if created and not raw:
            send_mail("Welcome", "Have a look around.", None, [instance.email])
    ```

    ```json
    # file: app/fixtures/readers.json
    [
      {"model": "app.reader", "pk": 1, "fields": {"email": "emma@example.com"}},
      {"model": "app.reader", "pk": 2, "fields": {"email": "jane@example.com"}}
    ]
    ```

    ## Silent when

    - no fixture of the project holds rows of the sender, or only fixtures of tests do;
    - the receiver, or the function that does the work, asks for `raw`; or a decorator stands between, which may do so;
    - it only makes rows: those are mostly wanted for the rows of a fixture as well; only changes the row itself; or works
      only where `created` is false;
    - what it calls is not certainly known, or leads further than three calls away.

    ## Fix

    None: `if kwargs.get("raw"): return` it is mostly, but whether the rest of the receiver is wanted for a fixture's rows
    only its author knows.
    """

    summary = "a receiver that sends mail, queues tasks or changes other rows for the rows of a fixture, too"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for unasked in project.raw_saves.in_file(path):
            yield self.report(project, unasked)

    def report(self, project: Project, unasked: Unasked) -> Finding:
        effect, receiver = unasked.effect, unasked.receiver
        scope = effect.scope
        at = project.place(scope.unit.path, scope.unit.span(name_at(effect.call), scope.function))
        name = receiver.name.rpartition(".")[2]
        if effect.column:
            rest, runtime = f"and {unasked.fixture} holds some already", "UNIQUE constraint failed"
        else:
            rest, runtime = f"those of {unasked.fixture}", ""
        return self.finding(
            project.receivers.place(receiver),
            f"`{name}` {effect.what} for each row that `loaddata` puts in, {rest}",
            runtime=runtime,
            help='return first where `kwargs.get("raw")` holds',
            related=[Related(at, "here")],
        )
