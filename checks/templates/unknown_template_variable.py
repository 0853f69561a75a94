from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding
from linter.project import Project


class UnknownTemplateVariable(Check):
    """A Django template shows a variable that nothing gives it, loops over one, or hands one on.

    Django renders nothing for `{{ total_prize }}` and says nothing about it, but for a line of its log at level DEBUG. It is a
    name that was misspelt, or that was forgotten when the view was changed.

    Reported is only what no view, context processor, tag, loop or `{% with %}` gives the template in any way that it is
    rendered, and what moreover no Python code of the project speaks of at all.

    ## Bad

    ```python
    # file: shop/views.py
    from django.shortcuts import render


    def basket(request):
        return render(request, "basket.html", {"total_price": 3})
    ```

    ```html
    {# file: shop/templates/basket.html #}
    {% load i18n %}<p>{{ total_prize }} EUR</p>
    ```

    ## Good

    ```python
    # file: shop/views.py
    from django.shortcuts import render


    def basket(request):
        return render(request, "basket.html", {"total_price": 3})
    ```

    ```html
    {# file: shop/templates/basket.html #}
    {% load i18n %}<p>{{ total_price }} EUR</p>
    ```

    ## Silent when

    - one place that renders the template, or one that shows it, gives it something unknown;
    - any Python code of the project, or a library's view that renders it, holds the name;
    - any template binds the name (`{% with %}`, `{% include … with %}`, `as`) or asks for it in a condition or in a tag: it is
      a parameter that may be left out;
    - the template, or one that shows it, has a tag that was not read: it may write into the context;
    - it is shown with `|default`, `|default_if_none` or `|yesno`;
    - Jinja renders the template.

    ## Fix

    Write the name of the variable that is meant, or give it to the template.
    """

    summary = "a variable in a template that nothing gives it"
    severity = "warning"
    kinds = frozenset({"template"})

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for nothing in project.templates.nothing.in_template(path):
            yield self.finding(
                project.place(path, nothing.span), f"nothing gives this template a variable `{nothing.name}`"
            )
