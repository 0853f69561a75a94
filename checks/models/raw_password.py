from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding
from linter.project import Project
from linter.project.queries.raw_passwords import RawPassword as Found
from linter.project.queries.raw_passwords import raw_passwords


class RawPassword(Check):
    """A user is given a password as it was typed: it lies in the database in plain text, and nobody can log in with it.

    `User.password` holds a hash. `create_user()` and `set_password()` make one; `create()`, the class itself and an assignment
    store what they are given. Nothing is raised. `check_password()` takes the text for a hash that it does not know, and says
    `False` to the right password.

    ## Bad

    ```python
    # file: app/views.py
    from django.contrib.auth.models import User
    from django.http import JsonResponse


    def register(request):
        user = User.objects.create(username=request.POST["name"], password=request.POST["password"])
        return JsonResponse({"id": user.pk})
    ```

    ## Good

    ```python
    # file: app/views.py
    from django.contrib.auth.models import User
    from django.http import JsonResponse


    def register(request):
        user = User.objects.create_user(username=request.POST["name"], password=request.POST["password"])
        return JsonResponse({"id": user.pk})
    ```

    ## Silent when

    - it is not seen where the value comes from: only texts, what a request or a form brought, and what
      `get_random_string()` and its like make are known to be no hash;
    - anything in the function hashes: `make_password()`, `set_password()`;
    - the model has a `save()`, `__init__()` or `password` of its own, or its manager a method of its own of that name, or a
      receiver of `pre_save` speaks of passwords;
    - it stands in tests.

    ## Fix

    `create_user()` instead of `create()`, or `user.set_password(…)`. None is made: what else `create_user()` does (it makes the
    email's domain small) is yours to look at.
    """

    summary = "a user's password that is stored as it was typed, so that nobody can log in with it"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in raw_passwords(project, path):
            yield self.report(project, path, found)

    def report(self, project: Project, path: str, found: Found) -> Finding:
        return self.finding(
            project.place(path, found.scope.span(found.at)),
            f"`{found.model.name}.password` gets the password itself, not a hash of it",
            help="use `create_user()`" if found.method == "create" else "use `set_password()`",
        )
