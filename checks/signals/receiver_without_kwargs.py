from __future__ import annotations

import re
from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Related
from linter.project import Project
from linter.project.signals.signatures import Unfit
from linter.span import Span

# The parameters after a function's name, where nothing in them can hold a parenthesis.
_PARAMETERS = re.compile(rb"\s*\(([^()#]*)\)")


class ReceiverWithoutKwargs(Check):
    """A receiver that cannot take what its signal sends: it lacks `**kwargs`, or wants what is never sent.

    A signal calls its receivers with keywords only: `signal`, `sender`, and what it says of itself. Other versions of Django
    send more. So `connect()` refuses a receiver without `**kwargs`, but only with `DEBUG = True`:

    ```text
    ValueError: Signal receivers must accept keyword arguments (**kwargs).
    ```

    In production nothing is checked, and the first row that is saved fails:

    ```text
    TypeError: welcome() got an unexpected keyword argument 'signal'
    ```

    A parameter that the signal never sends fails there too: only `post_save` sends `created`.

    ```text
    TypeError: welcome() missing 1 required positional argument: 'created'
    ```

    ## Bad

    ```python
    # file: app/models.py
    from django.contrib.auth.models import User
    from django.db.models.signals import post_save
    from django.dispatch import receiver


    @receiver(post_save, sender=User)
    def welcome(sender, instance, created):
        print("welcome", instance)
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.contrib.auth.models import User
    from django.db.models.signals import post_save
    from django.dispatch import receiver


    @receiver(post_save, sender=User)
    def welcome(sender, instance, created, **kwargs):
        print("welcome", instance)
    ```

    ## Silent when

    - the receiver has another decorator, which may call it as it likes;
    - it is a lambda, an instance, or a function of a library; or it stands in tests;
    - the signal is not one of Django's; for parameters that are never sent: not one of its model signals.

    ## Fix

    `**kwargs` is added. Safe. A parameter too many has to be thought about.
    """

    summary = "a receiver that cannot take what its signal sends"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for unfit in project.receiver_signatures.by_path.get(path, ()):
            yield self.report(project, path, unfit)

    def report(self, project: Project, path: str, unfit: Unfit) -> Finding:
        receiver = unfit.receiver
        place, connected = project.receivers.place(receiver), project.receivers.connection_place(receiver)
        name = receiver.name.rpartition(".")[2]
        related = [Related(connected, "connected here")] if connected.path != place.path else []
        if unfit.missing:
            return self.finding(
                place,
                f"`{name}` wants `{unfit.missing}`, which {unfit.signal} never sends",
                runtime=f"{name}() missing 1 required positional argument: '{unfit.missing}'",
                help=f"give `{unfit.missing}` a default, or connect it to another signal",
                related=related,
            )
        fix = _fix(project, path, project.receivers.name_span(receiver))
        return self.finding(
            place,
            f"`{name}` does not accept what {unfit.signal} sends: it lacks `**kwargs`",
            runtime=f"{name}() got an unexpected keyword argument 'signal'",
            help="add `**kwargs`",
            related=related,
            fix=fix,
        )


def _fix(project: Project, path: str, name: Span | None) -> Fix | None:
    found = _PARAMETERS.match(project.source(path).data, name.end) if name is not None else None
    if found is None:
        return None
    given = found[1].rstrip()
    text = "**kwargs" if not given.strip() else " **kwargs" if given.endswith(b",") else ", **kwargs"
    at = found.start(1) + len(given)
    return Fix(True, (Edit(project.place(path, Span(at, at)), text),), "add `**kwargs`")
