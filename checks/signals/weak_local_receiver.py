from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.signals.receivers import Receiver
from linter.span import Span


class WeakLocalReceiver(Check):
    """A function that was made inside a function, or a lambda, is connected to a signal, and is gone before the signal is sent.

    Django holds receivers by weak references. A function of a module is held by its module; one that is made inside another
    function goes when that one returns, a lambda or a `partial()` at once. Nothing is raised and nothing is logged: the receiver
    is simply never called.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models
    from django.db.models.signals import post_save


    class Book(models.Model):
        title = models.CharField(max_length=100)


    def announce(text):
        def book_saved(sender, instance, **kwargs):
            print(text, instance.title)

        post_save.connect(book_saved, sender=Book)


    announce("saved")
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models
    from django.db.models.signals import post_save


    class Book(models.Model):
        title = models.CharField(max_length=100)


    def announce(text):
        def book_saved(sender, instance, **kwargs):
            print(text, instance.title)

        post_save.connect(book_saved, sender=Book, weak=False)


    announce("saved")
    ```

    ## Silent when

    - it is connected with `weak=False`, or that is not known;
    - the inner function is mentioned anywhere else: returned, kept in a variable, disconnected;
    - the outer function goes on after it was made, and so keeps it meanwhile, or is a generator;
    - the signal is neither Django's nor one of the project's own; it stands in tests.

    ## Fix

    `weak=False` is added. Safe: it is never called before.
    """

    summary = "a receiver that nothing keeps, so that it is gone before the signal is sent"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        unit = project.unit(path)
        if unit is None or {"receiver(", ".connect("}.isdisjoint(unit.module.uses):
            return
        for receiver in project.forgotten_receivers.in_file(path):
            yield self.report(project, path, receiver)

    def report(self, project: Project, path: str, receiver: Receiver) -> Finding:
        name = receiver.name.rpartition(".")[2]
        what = "the lambda" if name == "<lambda>" else f"`{name}`"
        held = (
            "when the function around it returns"
            if receiver.function is not None and _is_local(receiver)
            else "at once"
        )
        scope = receiver.scope
        call = scope.unit.span(receiver.at, scope.function)
        before = project.source(path).data[call.start : call.end - 1].rstrip()
        at = Span(call.start + len(before), call.start + len(before))
        text = " weak=False" if before.endswith(b",") else ", weak=False"
        return self.finding(
            project.receivers.connection_place(receiver),
            f"nothing keeps {what}: it is gone {held}, and never called",
            help="connect it with `weak=False`, or define it in the module",
            fix=Fix(True, (Edit(project.place(path, at), text),), "add `weak=False`"),
        )


def _is_local(receiver: Receiver) -> bool:
    return receiver.body is not None and len(receiver.body.functions) > 1
