from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding
from linter.project import Project
from linter.project.urls import Misfit, Params


class WrongUrlArguments(Check):
    """A URL is asked for by its name with arguments that its pattern does not take.

    Nothing notices before the page is shown or the view runs that far; then Django raises

    ```text
    django.urls.exceptions.NoReverseMatch: Reverse for 'basket' with keyword arguments '{'id': 1}' not found. 1 pattern(s) tried: ['basket/(?P<pk>[0-9]+)/\\\\Z']
    ```

    and Flask `werkzeug.routing.exceptions.BuildError: Could not build url for endpoint 'shop.basket'. Did you forget to specify
    values ['pk']?`: there more may be given, for the query, but not less.

    Every part of a route that is in angle brackets, and every group of a regular expression, must be given: by position, or
    by keywords of exactly these names. Those of the patterns that `include()` it count, too.

    ## Bad

    ```python
    # file: settings.py
    ROOT_URLCONF = "urls"
    ```

    ```python
    # file: urls.py
    from django.urls import path

    import views

    urlpatterns = [path("basket/<int:pk>/", views.basket, name="basket")]
    ```

    ```python
    # file: views.py
    from django.http import HttpResponse
    from django.shortcuts import redirect


    def basket(request, pk):
        return HttpResponse(f"Basket {pk}")


    def last(request):
        return redirect("basket", id=1)
    ```

    ## Good

    ```python
    # file: settings.py
    ROOT_URLCONF = "urls"
    ```

    ```python
    # file: urls.py
    from django.urls import path

    import views

    urlpatterns = [path("basket/<int:pk>/", views.basket, name="basket")]
    ```

    ```python
    # file: views.py
    from django.http import HttpResponse
    from django.shortcuts import redirect


    def basket(request, pk):
        return HttpResponse(f"Basket {pk}")


    def last(request):
        return redirect("basket", pk=1)
    ```

    ## Silent when

    - one of the patterns of that name accepts them;
    - what one of these patterns takes is not known: a route that is worked out, a regular expression with alternatives or
      with groups that may be left out, patterns of routers;
    - the arguments are not written out (`*args`, `kwargs=kwargs`);
    - a module with patterns that nothing was seen to include says the name: some other configuration may use it;
    - `{% url … as name %}`, files that catch `NoReverseMatch`, and tests;
    - Flask: a route has `defaults`, a prefix takes values, or the project gives values to all URLs (`url_defaults`).

    ## Fix

    Give the arguments that the pattern takes.
    """

    summary = "arguments that the pattern of a URL does not take"
    severity = "error"
    kinds = frozenset({"template", "python"})

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        urls = project.urls
        for misfit in urls.misfits_in_code(path) if path.endswith(".py") else urls.misfits_in_template(path):
            yield self.report(project, path, misfit)
        for short in project.endpoints.unfilled(path):
            given = f" with values {list(short.values)}" if short.values else ""
            yield self.finding(
                project.place(path, short.span),
                f"the URL `{short.name}` needs {_listed(short.lacks)}, which {'is' if len(short.lacks) == 1 else 'are'} not given",
                runtime=f"werkzeug.routing.exceptions.BuildError: Could not build url for endpoint '{short.name}'{given}."
                f" Did you forget to specify values {list(short.lacks)}?",
            )

    def report(self, project: Project, path: str, misfit: Misfit) -> Finding:
        takes = " or ".join(dict.fromkeys(map(_takes, misfit.taken)))
        last = misfit.name.rpartition(":")[2]
        return self.finding(
            project.place(path, misfit.span),
            f"the URL `{misfit.name}` takes {takes}, not {_given(misfit)}",
            runtime=f"django.urls.exceptions.NoReverseMatch: Reverse for '{last}' with {_said(misfit)} not found.",
        )


def _takes(params: Params) -> str:
    if params.names:
        return _listed(sorted(params.names))
    return _counted(params.unnamed)


def _given(misfit: Misfit) -> str:
    return _listed(misfit.keywords) if misfit.keywords else _counted(misfit.positional)


def _said(misfit: Misfit) -> str:
    """How Django begins to say it; the values are not known here."""
    if misfit.keywords:
        names = ", ".join(f"'{name}': …" for name in misfit.keywords)
        return f"keyword arguments '{{{names}}}'"
    return f"arguments '({'…, ' * (misfit.positional - 1)}…)'" if misfit.positional else "no arguments"


def _counted(count: int) -> str:
    return f"{count or 'no'} argument{'' if count == 1 else 's'}"


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return " and ".join(f"`{name}`" for name in names)
