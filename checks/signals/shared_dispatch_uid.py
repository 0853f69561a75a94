from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.signals.receivers import Receiver


class SharedDispatchUid(Check):
    """Two different receivers are connected to one signal and sender under one `dispatch_uid`.

    A `dispatch_uid` is what Django tells receivers apart by: whoever has one that is taken already (for the same signal and
    the same sender) is taken for the same receiver and is not connected. Nothing is raised and nothing is logged; the second
    receiver is simply never called. It happens where a receiver was copied together with its `dispatch_uid`.

    ## Bad

    ```python
    # file: app/models.py
    from django.contrib.auth.models import User
    from django.db.models.signals import post_save
    from django.dispatch import receiver


    @receiver(post_save, sender=User, dispatch_uid="user_saved")
    def update_search_index(sender, instance, **kwargs):
        print("indexing", instance)


    @receiver(post_save, sender=User, dispatch_uid="user_saved")
    def clear_avatar_cache(sender, instance, **kwargs):
        print("never printed", instance)
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.contrib.auth.models import User
    from django.db.models.signals import post_save
    from django.dispatch import receiver


    @receiver(post_save, sender=User, dispatch_uid="update_search_index")
    def update_search_index(sender, instance, **kwargs):
        print("indexing", instance)


    @receiver(post_save, sender=User, dispatch_uid="clear_avatar_cache")
    def clear_avatar_cache(sender, instance, **kwargs):
        print("clearing", instance)
    ```

    ## Silent when

    - the receiver, the signal or the sender differs in no way, or the sender or the signal differs (a `dispatch_uid` only
      has to be unique for one signal and sender);
    - the two connections stand in the branches of one `if`;
    - the module disconnects receivers too, so that one may take the other's place;
    - the `dispatch_uid` is computed, or the sender is not known.

    ## Fix

    None: which name the second receiver should have is not the tool's to decide.
    """

    summary = "different receivers under one dispatch_uid, of which Django keeps only the first"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        unit = project.unit(path)
        if unit is None or {"receiver(", ".connect("}.isdisjoint(unit.module.uses):
            return
        for dropped, kept in project.receivers.dropped(path):
            yield self.report(project, dropped, kept)

    def report(self, project: Project, dropped: Receiver, kept: Receiver) -> Finding:
        signal = dropped.signal.rpartition(".")[2]
        of = f" of `{dropped.sender.model.name}`" if dropped.sender.model is not None else ""
        name, other = dropped.name.rpartition(".")[2], kept.name.rpartition(".")[2]
        same_file = kept.scope.unit is dropped.scope.unit
        which = f"`{name}` is never called" if same_file else "whichever comes second is never called"
        return self.finding(
            project.receivers.uid_place(dropped),
            f"`{name}` has the dispatch_uid of `{other}` for {signal}{of}, so {which}",
            help="give it a dispatch_uid of its own",
            related=[Related(project.receivers.uid_place(kept), "the same dispatch_uid")],
        )
