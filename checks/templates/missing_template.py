from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname

from linter.check import Check
from linter.finding import Finding
from linter.project import Project
from linter.project.near import near
from linter.project.templates.absent import Absent


class MissingTemplate(Check):
    """A template is asked for by a name that no template of the project has.

    The page fails when it is rendered, not before: an `{% include %}` in a branch that is seldom shown, a mail, an error page.
    Django says

    ```text
    django.template.exceptions.TemplateDoesNotExist: shop/basket.html
    ```

    and Jinja, in Flask and Starlette, `jinja2.exceptions.TemplateNotFound: shop/basket.html`.

    Looked at are `render()`, `render_to_string()`, `TemplateResponse`, `get_template()`, `select_template()`, `template_name`
    of class-based views, `render_template()`, and `{% include %}` and `{% extends %}` in the templates themselves.

    ## Bad

    ```python
    # file: settings.py
    INSTALLED_APPS = ["shop"]
    TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
    ```

    ```python
    # file: shop/__init__.py
    ```

    ```python
    # file: shop/views.py
    from django.shortcuts import render


    def basket(request):
        return render(request, "shop/baskte.html")
    ```

    ```html
    {# file: shop/templates/shop/basket.html #}
    <h1>Your basket</h1>
    ```

    ## Good

    ```python
    # file: settings.py
    INSTALLED_APPS = ["shop"]
    TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
    ```

    ```python
    # file: shop/__init__.py
    ```

    ```python
    # file: shop/views.py
    from django.shortcuts import render


    def basket(request):
        return render(request, "shop/basket.html")
    ```

    ```html
    {# file: shop/templates/shop/basket.html #}
    <h1>Your basket</h1>
    ```

    ## Silent when

    - the name is worked out, or one of several that are tried is there;
    - a file of that name lies anywhere in the project, in whatever folder;
    - a library may bring the template: the name has no folder, or no template of the project lies in the same folder, or the
      folder is called like an installed app or an imported package of others;
    - a loader of its own, a computed list of apps or folders, or a folder outside the project may have it;
    - Jinja is told to `ignore missing`, or the file catches `TemplateDoesNotExist` or `TemplateNotFound`;
    - it is asked for in tests.

    ## Fix

    Write the name of the template that is meant, or add the template.
    """

    summary = "a template that is asked for by a name that no template has"
    severity = "error"
    kinds = frozenset({"template", "python"})

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        finder = project.templates.absent
        for absent in finder.in_code(path) if path.endswith(".py") else finder.in_template(path):
            yield self.report(project, path, absent)

    def report(self, project: Project, path: str, absent: Absent) -> Finding:
        name = absent.names[0]
        several = len(absent.names) > 1
        error = (
            "jinja2.exceptions.TemplateNotFound"
            if absent.is_jinja
            else "django.template.exceptions.TemplateDoesNotExist"
        )
        meant = near(name, _names(project, name))[:2]
        return self.finding(
            project.place(path, absent.span),
            f"no template is called {' or '.join(f'`{n}`' for n in absent.names)}",
            runtime=f"{error}: {', '.join(absent.names) if several and not absent.is_jinja else name}",
            help=f"did you mean {' or '.join(f'`{other}`' for other in meant)}?" if meant else "",
        )


def _names(project: Project, name: str) -> list[str]:
    """The names of the templates in the same first folder."""
    names = project.templates.names
    folder = f"{name.partition('/')[0]}/" if dirname(name) else ""
    return [own for path in names.paths for own in names.of(path) if own.startswith(folder)]
