from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.near import near
from linter.project.urls import Reversed
from linter.project.urls.endpoints import Absent
from linter.span import Span


class UnknownUrlName(Check):
    """A URL is asked for by a name that no URL pattern has.

    Nothing notices before the page is shown or the view runs that far; then Django raises

    ```text
    django.urls.exceptions.NoReverseMatch: Reverse for 'baskets' not found. 'baskets' is not a valid view function or pattern name.
    ```

    or, where the part before a colon is wrong, `'shop' is not a registered namespace`.

    In Flask, `url_for` raises

    ```text
    werkzeug.routing.exceptions.BuildError: Could not build url for endpoint 'shop.baskets'. Did you mean 'shop.basket' instead?
    ```

    Looked at are `{% url %}`, `reverse()`, `reverse_lazy()`, `redirect()` and `resolve_url()`. The patterns are followed from
    ROOT_URLCONF of every settings module through `include()` in all its forms, `app_name` and namespaces, `i18n_patterns`,
    routers of Django REST framework, and lists that are put together in steps; all branches are taken. In projects of Flask's,
    `url_for()` is looked at in code and in Jinja's templates: routes are gathered from decorators and `add_url_rule()`,
    blueprint by blueprint.

    ## Bad

    ```python
    # file: settings.py
    INSTALLED_APPS = ["shop"]
    ROOT_URLCONF = "urls"
    TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
    ```

    ```python
    # file: urls.py
    from django.urls import path

    from shop import views

    urlpatterns = [path("basket/", views.basket, name="basket")]
    ```

    ```python
    # file: shop/views.py
    from django.shortcuts import redirect, render


    def basket(request):
        return render(request, "shop/basket.html")


    def add(request):
        return redirect("baskets")
    ```

    ```html
    {# file: shop/templates/shop/basket.html #}
    <a href="{% url "basket" %}">Your basket</a>
    ```

    ## Good

    ```python
    # file: settings.py
    INSTALLED_APPS = ["shop"]
    ROOT_URLCONF = "urls"
    TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
    ```

    ```python
    # file: urls.py
    from django.urls import path

    from shop import views

    urlpatterns = [path("basket/", views.basket, name="basket")]
    ```

    ```python
    # file: shop/views.py
    from django.shortcuts import redirect, render


    def basket(request):
        return render(request, "shop/basket.html")


    def add(request):
        return redirect("basket")
    ```

    ```html
    {# file: shop/templates/shop/basket.html #}
    <a href="{% url "basket" %}">Your basket</a>
    ```

    ## Silent when

    - the name is worked out, or looks like a path;
    - something at that level of the configuration is not known: an included module that was not read (of popular packages it is
      known what their names look like: `account_login`, `djdt:…`), a name or list that is
      computed or filled in a loop or a function, the `urls` of an unknown object. Without a namespace, that is the whole
      configuration; with one, only that namespace;
    - a module with patterns that nothing was seen to include says the name: some other configuration may use it;
    - `{% url … as name %}`, and files that catch `NoReverseMatch`;
    - another configuration is named (`urlconf=`), and in tests;
    - Flask: no blueprint of the project has the name before the dot, the blueprint is handed to other code (`Api(blueprint)`), some
      route outside any known blueprint is called so, something answers for URLs that cannot be built, the file catches
      `BuildError`, or templates have a `url_for` of the project's own.

    ## Fix

    Where exactly one name is near, or the same name stands in one namespace, it is written instead. It needs
    `--unsafe-fixes`: what the author meant is a guess.
    """

    summary = "a URL that is asked for by a name that no pattern has"
    severity = "error"
    kinds = frozenset({"template", "python"})
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        is_code = path.endswith(".py")
        for asked in project.urls.in_code(path) if is_code else project.urls.in_template(path):
            runtime = f"django.urls.exceptions.NoReverseMatch: {_runtime(asked)}"
            yield self.report(project, path, asked.span, _message(asked), runtime, _meant(asked))
        for lost in project.endpoints.in_code(path) if is_code else project.endpoints.in_template(path):
            yield self.report(project, path, lost.span, _no_endpoint(lost), _not_built(lost), _meant_endpoint(lost))

    def report(self, project: Project, path: str, span: Span, message: str, runtime: str, meant: list[str]) -> Finding:
        place = project.place(path, span)
        quote = project.source(path).data[span.start : span.start + 1].decode()
        fix = None
        if len(meant) == 1 and quote in "\"'":
            fix = Fix(False, (Edit(place, f"{quote}{meant[0]}{quote}"),), f"use `{meant[0]}`")
        return self.finding(
            place,
            message,
            runtime=runtime,
            help=f"did you mean {' or '.join(f'`{name}`' for name in meant)}?" if meant else "",
            fix=fix,
        )


def _no_endpoint(lost: Absent) -> str:
    space, _, last = lost.name.rpartition(".")
    return f"no route is called `{last}`" + (f" in the blueprint `{space}`" if space else "")


def _not_built(lost: Absent) -> str:
    values = f" with values {list(lost.values)}" if lost.values else ""
    return f"werkzeug.routing.exceptions.BuildError: Could not build url for endpoint '{lost.name}'{values}."


def _meant_endpoint(lost: Absent) -> list[str]:
    """The same name in another blueprint, else names that are like it in its own."""
    space, _, last = lost.name.rpartition(".")
    same = [known for known in lost.known if known.rpartition(".")[2] == last]
    beside = [known.rpartition(".")[2] for known in lost.known if known.rpartition(".")[0] == space]
    prefix = f"{space}." if space else ""
    return list(dict.fromkeys(same))[:3] or [prefix + name for name in near(last, beside)]


def _message(asked: Reversed) -> str:
    missing = asked.missing
    what = "namespace" if missing.is_namespace else "URL pattern"
    where = f" in the namespace `{missing.above}`" if missing.above else ""
    return f"no {what} is called `{missing.name}`{where}"


def _runtime(asked: Reversed) -> str:
    missing = asked.missing
    if missing.is_namespace:
        inside = f" inside '{missing.above}'" if missing.above else ""
        return f"'{missing.name}' is not a registered namespace{inside}"
    return f"Reverse for '{missing.name}' not found. '{missing.name}' is not a valid view function or pattern name."


def _meant(asked: Reversed) -> list[str]:
    """The same name in a namespace, else names that are like it."""
    missing = asked.missing
    if missing.is_namespace:
        return near(asked.name, missing.known)
    same = [known for known in missing.known if known.rpartition(":")[2] == missing.name]
    prefix = f"{missing.above}:" if missing.above else ""
    beside = [known.removeprefix(prefix) for known in missing.known if known.rpartition(":")[0] == missing.above]
    return list(dict.fromkeys(same))[:3] or [prefix + name for name in near(missing.name, beside)]
