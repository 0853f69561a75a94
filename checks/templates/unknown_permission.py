from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding
from linter.project import Project
from linter.project.near import near


class UnknownPermission(Check):
    """A permission is asked for that no model of its app makes.

    `user.has_perm("shop.change_bok")` and `{% if perms.shop.change_bok %}` raise nothing. Nobody has the permission, but a
    superuser has every permission, those that do not exist too: who tests the page by hand sees it work, and nobody else
    ever gets in.

    `migrate` makes `add`, `change`, `delete` and `view` for each model, or what `Meta.default_permissions` says, and those of
    `Meta.permissions`: https://docs.djangoproject.com/en/stable/topics/auth/default/#default-permissions

    Looked at are `perms.app.codename` in templates, `has_perm()`, the decorator `permission_required()`, and the attribute of
    that name in views.

    ## Bad

    ```python
    # file: settings.py
    INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]
    ```

    ```python
    # file: shop/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
    ```

    ```python
    # file: shop/views.py
    from django.http import HttpResponse


    def edit(request):
        if not request.user.has_perm("shop.change_books"):
            return HttpResponse(status=403)
        return HttpResponse("edit")
    ```

    ## Good

    ```python
    # file: settings.py
    INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]
    ```

    ```python
    # file: shop/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
    ```

    ```python
    # file: shop/views.py
    from django.http import HttpResponse


    def edit(request):
        if not request.user.has_perm("shop.change_book"):
            return HttpResponse(status=403)
        return HttpResponse("edit")
    ```

    ## Silent when

    - the app is not one of the project's own, or not all installed apps are known;
    - the permissions of one of the app's models are worked out;
    - code makes permissions (`Permission.objects.create(…)`, in a migration say), or says the codename by itself;
    - an authentication backend, or the project's own model of users, answers such questions in a way of its own.

    ## Fix

    Ask for a permission that there is, or declare it in `Meta.permissions`.
    """

    summary = "a permission that no model of its app makes"
    severity = "warning"
    kinds = frozenset({"template", "python"})

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        finder = project.templates.permissions
        for found in finder.in_code(path) if path.endswith(".py") else finder.in_template(path):
            meant = near(found.codename, found.known)
            yield self.finding(
                project.place(path, found.span),
                f"no model of the app `{found.label}` makes a permission `{found.codename}`: only superusers have it",
                help=f"did you mean {' or '.join(f'`{found.label}.{name}`' for name in meant)}?" if meant else "",
            )
