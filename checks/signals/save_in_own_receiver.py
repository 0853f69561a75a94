from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.serving.calls import name_at
from linter.project.signals.self_saves import SelfSave


class SaveInOwnReceiver(Check):
    """A receiver of `post_save` or `pre_save` saves the very row that it was called for, and so is called again, without end.

    `save()` sends both signals each time, with `update_fields` and from inside a receiver, too:

    ```text
    RecursionError: maximum recursion depth exceeded
    ```

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models
    from django.db.models.signals import post_save
    from django.dispatch import receiver


    class Invoice(models.Model):
        number = models.CharField(max_length=20, blank=True)


    @receiver(post_save, sender=Invoice)
    def number_it(sender, instance, **kwargs):
        instance.number = f"2024-{instance.pk}"
        instance.save(update_fields=["number"])
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models
    from django.db.models.signals import post_save
    from django.dispatch import receiver


    class Invoice(models.Model):
        number = models.CharField(max_length=20, blank=True)


    @receiver(post_save, sender=Invoice)
    def number_it(sender, instance, **kwargs):
        instance.number = f"2024-{instance.pk}"
        Invoice.objects.filter(pk=instance.pk).update(number=instance.number)
    ```

    ## Silent when

    - the receiver, or the method of the row that saves it, asks for anything first: `created`, `update_fields`, a flag, a
      value of the row;
    - the module disconnects receivers; a decorator stands between; the call stands in a `try`, a loop or a `with`;
    - the model's own `save()` does not always call Django's, or is handed arguments of its own;
    - the sender is not known, or any.

    ## Fix

    None: `Model.objects.filter(pk=instance.pk).update(…)` sends no signals; a receiver of `pre_save` need not save at all; else
    ask for `created`.
    """

    summary = "a receiver of post_save or pre_save that saves the same row, and is called again without end"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for saving in project.self_saves.in_file(path):
            yield self.report(project, saving)

    def report(self, project: Project, saving: SelfSave) -> Finding:
        scope = saving.scope
        related = []
        if saving.within is not None:
            inner, call = saving.within
            at = inner.unit.span(name_at(call), inner.function)
            related.append(Related(project.place(inner.unit.path, at), "the row is saved here"))
        name = saving.receiver.name.rpartition(".")[2]
        how = (
            "changing the row is enough here: it is saved afterwards"
            if saving.signal == "pre_save"
            else f"use `{_model(saving)}.objects.filter(pk=instance.pk).update(…)`, which sends no signals"
        )
        return self.finding(
            project.place(scope.unit.path, scope.unit.span(name_at(saving.call), scope.function)),
            f"saves the row that `{name}` was called for, which sends {saving.signal} and calls it again, without end",
            runtime="RecursionError: maximum recursion depth exceeded",
            help=how,
            related=related,
        )


def _model(saving: SelfSave) -> str:
    model = saving.receiver.sender.model
    return model.name if model is not None else "Model"
