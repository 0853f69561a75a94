from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.signals.creators import GATES, Creation
from linter.project.signals.second_creators import SecondCreation


class SecondCreator(Check):
    """A row is made by hand right after its owner was saved, while a `post_save` receiver of the owner has made it already.

    The relation is unique (a `OneToOneField`, a `ForeignKey(unique=True)`), so whoever comes second fails, and that is
    the code after `save()`: `save_model` of an admin class, `save` of a form, `create` of a serializer, a view, a command.

    ```text
    django.db.utils.IntegrityError: UNIQUE constraint failed: app_profile.user_id
    ```

    (on PostgreSQL: `duplicate key value violates unique constraint "app_profile_user_id_key"`). It fails whether or not
    the receiver uses `get_or_create`. Where the receiver uses `create`, raw-create-in-post-save stands on the receiver, and this
    rule on the other creator; either may be the one to go.

    Where a receiver uses `get_or_create`, an inline of the owner's admin page collides with it too, but only when somebody
    fills the inline in while adding (warning).

    ## Bad

    ```python
    # file: app/models.py
    from django.contrib.auth.models import User
    from django.db import models
    from django.db.models.signals import post_save
    from django.dispatch import receiver


    class Profile(models.Model):
        user = models.OneToOneField(User, on_delete=models.CASCADE)
        role = models.CharField(max_length=20, default="staff")


    @receiver(post_save, sender=User)
    def ensure_profile(sender, instance, **kwargs):
        Profile.objects.get_or_create(user=instance)
    ```

    ```python
    # file: app/admin.py
    from django.contrib import admin
    from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
    from django.contrib.auth.models import User

    from app.models import Profile

    admin.site.unregister(User)


    @admin.register(User)
    class UserAdmin(BaseUserAdmin):
        def save_model(self, request, obj, form, change):
            super().save_model(request, obj, form, change)
            if not change:
                Profile.objects.create(user=obj, role="admin")
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.contrib.auth.models import User
    from django.db import models
    from django.db.models.signals import post_save
    from django.dispatch import receiver


    class Profile(models.Model):
        user = models.OneToOneField(User, on_delete=models.CASCADE)
        role = models.CharField(max_length=20, default="staff")


    @receiver(post_save, sender=User)
    def ensure_profile(sender, instance, **kwargs):
        Profile.objects.get_or_create(user=instance)
    ```

    ```python
    # file: app/admin.py
    from django.contrib import admin
    from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
    from django.contrib.auth.models import User

    from app.models import Profile

    admin.site.unregister(User)


    @admin.register(User)
    class UserAdmin(BaseUserAdmin):
        def save_model(self, request, obj, form, change):
            super().save_model(request, obj, form, change)
            if not change:
                Profile.objects.update_or_create(user=obj, defaults={"role": "admin"})
    ```

    ## Silent when

    - it is not seen that the owner was saved just before: a parameter, a row that was looked up;
    - the receiver asks for anything but `created` and `raw`, works in `on_commit`, or its module is not known to be imported;
    - the other place uses `get_or_create` or `update_or_create`, looks for the row first, deletes one, catches
      `IntegrityError`, or may switch receivers off (`disconnect`, a context manager or decorator of another library);
    - the relation is the primary key and the row is saved with `save()`: that changes the row which is there;
    - the other place is a receiver itself (raw-create-in-post-save speaks of those), a test or a migration.

    ## Fix

    None: whether the receiver or the other place is to go, or the other place should change the row that is there,
    only its author knows.
    """

    summary = "a row made by hand that a post_save receiver has just made"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        unit = project.unit(path)
        if unit is None or (GATES.isdisjoint(unit.module.uses) and b"inlines" not in bytes(unit.facts.module)):
            return
        for second in project.second_creators.in_file(path):
            yield self.report(project, second)

    def report(self, project: Project, second: SecondCreation) -> Finding:
        made, relation = second.made, second.made.relation
        assert relation is not None
        receiver = f"`{made.receiver.name.rpartition('.')[2]}` makes for each new `{made.sender.name}`"
        runtime = f"UNIQUE constraint failed: {made.creation.model.db_table}.{relation.column}"
        related = [Related(project.creators.place(made.creation), "the receiver makes it here")]
        if second.creation is not None:
            return self.finding(
                project.creators.place(second.creation),
                f"{_call(second.creation)} makes the row that {receiver}",
                runtime=runtime,
                help=f"use `update_or_create({relation.name}=…, defaults={{…}})`",
                related=related,
            )
        assert second.inline is not None
        inline = second.inline.symbol
        return self.finding(
            project.class_place(inline),
            f"filled in on the add page, `{inline.name}` makes the row that {receiver}",
            severity="warning",
            runtime=runtime,
            help=f"leave `{inline.name}` out of the add page: `get_inlines` gets no `obj` there",
            related=related,
        )


def _call(creation: Creation) -> str:
    if creation.kind == "save":
        return f"`{creation.model.name}(…).save`"
    return f"`{creation.model.name}.objects.create`"
