from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.facts import syntax as s
from linter.finding import Edit, Finding, Fix, Place, Related
from linter.project import Project
from linter.project.expected import is_expected
from linter.project.queries.unpacking import Pair, pairs
from linter.span import Span


class GetOrCreateUnpacked(Check):
    """The pair that `get_or_create()` gives is used as if it were the row.

    `get_or_create()` and `update_or_create()` give two things, the row and whether it was made. Whoever takes the pair for
    the row fails at its first attribute:

    ```text
    AttributeError: 'tuple' object has no attribute 'save'
    ```

    ## Bad

    ```python
    # file: app/models.py
    from django.contrib.auth.models import User
    from django.db import models


    class Profile(models.Model):
        user = models.OneToOneField(User, on_delete=models.CASCADE)
        locale = models.CharField(max_length=10, default="en")


    def set_locale(user, locale):
        profile = Profile.objects.get_or_create(user=user)
        profile.locale = locale
        profile.save()
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.contrib.auth.models import User
    from django.db import models


    class Profile(models.Model):
        user = models.OneToOneField(User, on_delete=models.CASCADE)
        locale = models.CharField(max_length=10, default="en")


    def set_locale(user, locale):
        profile, _ = Profile.objects.get_or_create(user=user)
        profile.locale = locale
        profile.save()
    ```

    ## Silent when

    - the manager has a `get_or_create` of its own, which may give something else;
    - the pair is unpacked or indexed, or the variable holds something else by then;
    - the code expects the error: it stands in a `try` that catches it, or in a test that asserts it.

    ## Fix

    The variable becomes `profile, _`; where the pair is used at once, `[0]` takes the row. Safe where nothing else is done
    with the variable.
    """

    summary = "the pair of `get_or_create()` used as the row"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for pair in pairs(project, path):
            activation = pair.scope.activation
            if not is_expected(activation.unit, pair.used, activation.function, ("AttributeError",)):
                yield self.report(project, path, pair)

    def report(self, project: Project, path: str, pair: Pair) -> Finding:
        is_held = pair.target != s.NOWHERE
        place = project.place(path, pair.scope.span(pair.target if is_held else pair.call.at))
        used = project.place(path, pair.scope.span(pair.used))
        fix = _unpack(project, path, pair) if is_held else _index(project, path, pair)
        return self.finding(
            place,
            f"`{pair.method}()` gives a pair, which is used as a `{pair.model.name}`",
            runtime=f"'tuple' object has no attribute '{pair.attribute}'",
            help=f"unpack it: `{_row(project, path, place)}, _ = …`"
            if is_held
            else "take the row out of it with `[0]`",
            related=[Related(used, f"`{pair.attribute}` is asked of the pair here")] if is_held else (),
            fix=fix,
        )


def _row(project: Project, path: str, place: Place) -> str:
    line = project.source(path).lines.text(place.range.line)
    return line[place.range.column : place.range.end_column]


def _unpack(project: Project, path: str, pair: Pair) -> Fix:
    activation = pair.scope.activation
    unit, function = activation.unit, activation.function
    taken = {*unit.names, *(unit.local_names(function) if function is not None else ())}
    spare = "_" if "_" not in taken else "_created"  # `_` may well be gettext here
    end = pair.scope.span(pair.target).end
    return Fix(pair.is_only_row, (Edit(project.place(path, Span(end, end)), f", {spare}"),), "unpack the pair")


def _index(project: Project, path: str, pair: Pair) -> Fix | None:
    if pair.method.startswith("a"):
        return None  # the pair is there only after `await`
    end = pair.scope.span(pair.call.at).end
    return Fix(True, (Edit(project.place(path, Span(end, end)), "[0]"),), "take the row")
