from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding
from linter.project import Project


class UnhandledDoesNotExist(Check):
    """A view looks a row up by what the request says, with `get()`, and does not think of the row that is gone.

    An old link, a second click on "delete" or a mistyped address is answered with "Server Error (500)", and the people who run
    the site get a mail:

    ```text
    app.models.Order.DoesNotExist: Order matching query does not exist.
    ```

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Order(models.Model):
        number = models.CharField(max_length=20)
    ```

    ```python
    # file: app/views.py
    from django.http import HttpResponse

    from app.models import Order


    def order(request, pk):
        order = Order.objects.get(pk=pk)
        return HttpResponse(order.number)
    ```

    ```python
    # file: app/urls.py
    from django.urls import path

    from app.views import order

    urlpatterns = [path("orders/<int:pk>/", order)]
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Order(models.Model):
        number = models.CharField(max_length=20)
    ```

    ```python
    # file: app/views.py
    from django.http import HttpResponse
    from django.shortcuts import get_object_or_404

    from app.models import Order


    def order(request, pk):
        order = get_object_or_404(Order, pk=pk)
        return HttpResponse(order.number)
    ```

    ```python
    # file: app/urls.py
    from django.urls import path

    from app.views import order

    urlpatterns = [path("orders/<int:pk>/", order)]
    ```

    ## Silent when

    - it stands in a `try` or a `with`, or under a condition that looks whether the row is there, or whether a form is valid;
    - the key is not seen to come with the request: its URL, query, form, cookies or session;
    - the view has a decorator that ormlint does not know, or its class a `dispatch()` of the project's: they may wait for it;
    - a middleware (`process_exception`) or an exception handler speaks of `DoesNotExist`, or one looks before the view does
      (`process_view`);
    - the function is no view that a URL leads to, or other code calls it too; it stands in tests.

    ## Fix

    `get_object_or_404()`, or `filter(…).first()` where the view can do without the row. None is made: which, is yours to say.
    """

    summary = "a view that looks a row up by what the request says, and answers 500 where there is none"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.lookups.unhandled(path):
            model = found.model
            yield self.finding(
                project.place(path, found.span),
                f"a request without a matching `{model.name}` is answered with an error 500",
                runtime=f"{model.name} matching query does not exist.",
                help="use `get_object_or_404()`, or catch the exception",
            )
