from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.signals.idle_senders import IdleSender
from linter.span import Span


class SenderNeverFires(Check):
    """A receiver is connected for a sender that never sends the signal, so that it is never called.

    Django compares senders by identity. Rows are sent for by the class that they are of: an abstract model has no rows, nor
    has `auth.User` where `AUTH_USER_MODEL` puts another model into its place. And `m2m_changed` is sent by the model of the table
    between the two sides, `Book.tags.through`; `Book.tags` is only the attribute, and `Book` one of the sides. Nothing is raised
    and nothing is logged.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models
    from django.db.models.signals import m2m_changed
    from django.dispatch import receiver


    class Tag(models.Model):
        name = models.CharField(max_length=50)


    class Book(models.Model):
        tags = models.ManyToManyField(Tag)


    @receiver(m2m_changed, sender=Book.tags)
    def tags_changed(sender, instance, action, **kwargs):
        print("never printed", instance)
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models
    from django.db.models.signals import m2m_changed
    from django.dispatch import receiver


    class Tag(models.Model):
        name = models.CharField(max_length=50)


    class Book(models.Model):
        tags = models.ManyToManyField(Tag)


    @receiver(m2m_changed, sender=Book.tags.through)
    def tags_changed(sender, instance, action, **kwargs):
        print(action, instance)
    ```

    ## Silent when

    - the sender is not written in the connection itself, or which model it is depends on a condition;
    - the model of `m2m_changed` has no many-to-many field of its own, some field goes through it, or the same function is connected for
      a table between, too;
    - a proxy is the sender: its own rows send;
    - the project sends the signal itself, the connection stands below an `if`, or in a test.

    ## Fix

    `Book.tags` becomes `Book.tags.through`. Safe: it is never called before. The others have no fix: which of the concrete
    models is meant only the author knows.
    """

    summary = "a receiver for a sender that never sends, so that it is never called"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        unit = project.unit(path)
        if unit is None or {"receiver(", ".connect("}.isdisjoint(unit.module.uses):
            return
        for idle in project.idle_senders.by_path.get(path, ()):
            span = project.receivers.sender_span(idle.receiver)
            if span is not None:
                yield self.report(project, path, idle, span)

    def report(self, project: Project, path: str, idle: IdleSender, span: Span) -> Finding:
        name = idle.model.name
        place, fix = project.place(path, span), None
        if idle.why == "abstract":
            what, advice = f"`{name}` is abstract", "connect it for each concrete model, or without a sender"
        elif idle.why == "swapped":
            what, advice = f"`{name}` is replaced by another model in the settings", "use `settings.AUTH_USER_MODEL`"
        elif idle.why == "field":
            what = f"`{name}.{idle.fields[0]}` is a field"
            advice = f"use `{name}.{idle.fields[0]}.through`"
            fix = Fix(True, (Edit(project.place(path, Span(span.end, span.end)), ".through"),), "add `.through`")
        else:
            what = f"`{name}` is no table between two models"
            advice = "use " + " or ".join(f"`{name}.{field}.through`" for field in idle.fields[:3])
        return self.finding(place, f"{what}, so it never sends {idle.signal}", help=advice, fix=fix)
