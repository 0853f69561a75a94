from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding
from linter.project import Project
from linter.project.serving.json_views import NotFound


class Http404InJsonView(Check):
    """A view that answers JSON, and nothing but JSON, answers a page of HTML where it finds no row.

    `get_object_or_404()` and `raise Http404` end in Django's 404 page, whatever the view answers otherwise. A client that
    reads the answer as JSON fails over its first character, and what it reports has nothing to do with the missing row:

    ```text
    Uncaught SyntaxError: Unexpected token '<', "<!doctype "... is not valid JSON
    ```

    Nothing is logged as an error. (Only `DoesNotExist` becomes a 404: several matching rows are a server error.)

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Photo(models.Model):
        name = models.CharField(max_length=50, unique=True)
        url = models.URLField()
    ```

    ```python
    # file: app/views.py
    from django.http import JsonResponse
    from django.shortcuts import get_object_or_404

    from app.models import Photo


    def photo(request, name):
        found = get_object_or_404(Photo, name=name)
        return JsonResponse({"url": found.url})
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Photo(models.Model):
        name = models.CharField(max_length=50, unique=True)
        url = models.URLField()
    ```

    ```python
    # file: app/views.py
    from django.http import JsonResponse

    from app.models import Photo


    def photo(request, name):
        try:
            found = Photo.objects.get(name=name)
        except Photo.DoesNotExist:
            return JsonResponse({"error": "no such photo"}, status=404)
        return JsonResponse({"url": found.url})
    ```

    ## Silent when

    - the view has any answer that is not a `JsonResponse` made there;
    - something else may answer: the project has a `handler404` or a middleware with `process_exception`, the view is
      decorated by anything but Django's own decorators, or its class inherits from anything but Django's own views;
    - `Http404` is caught around it;
    - it stands in tests.
    """

    summary = "a 404 page from a view that answers JSON"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.json_views.not_found(path):
            yield self.report(project, path, found)

    def report(self, project: Project, path: str, found: NotFound) -> Finding:
        function = found.scope.function
        assert function is not None
        what = f"`{found.call}()`" if found.call else "`Http404`"
        return self.finding(
            project.place(path, found.scope.unit.span(found.at, function)),
            f"{what} answers HTML where `{function.name}` answers JSON",
            help="catch `DoesNotExist` and answer a `JsonResponse` with `status=404`",
        )
