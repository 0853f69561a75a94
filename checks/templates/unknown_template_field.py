from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Related
from linter.project import Project
from linter.project.near import near
from linter.project.templates.forms import shape
from linter.project.templates.missing import Missing, title
from linter.project.types import Instance, ModelInstance, QuerySet
from linter.project.units import ClassSymbol
from linter.span import Span

MOST_RELATED = 2  # of each kind
MOST_RENDERS = 20  # that are looked at for it
_MOMENT = re.compile(r"(?:_at|_on|_date|_time|^date|^time|timestamp)$|^(?:date|time)_|^(?:created|updated|modified)$")


class UnknownTemplateField(Check):
    """A template asks a model instance, a queryset, a form or another object for something that it does not have.

    No template engine complains about that. Django and Jinja render nothing for `{{ notification.created_at }}`; filters run
    on an empty text. Django only logs, at level DEBUG, which no deployment shows:

    ```text
    Exception while resolving variable 'created_at' in template 'notifications/list.html'.
    ```

    In a condition it is worse, because a branch is chosen: `{% if not notification.is_read %}` always holds, `{% if
    notification.is_read %}` never does, and `string_if_invalid` does not show it. A loop over it runs no time.

    Every variable is followed from the code that renders the template (`render()`, `TemplateResponse`, generic views,
    context processors, inclusion tags; `render_template()`; Jinja environments; Pyramid's `renderer=`) through `{% for %}`,
    `{% with %}`, `{% include %}`, `{% extends %}`, macros and filters, with the rules of the engine. Rows of Django's models are known, and
    those of classes that SQLAlchemy maps. The delimiters are those that the project's `Environment(variable_start_string=…)`
    or the configuration sets.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Notification(models.Model):
        text = models.CharField(max_length=200)
        timestamp = models.DateTimeField(auto_now_add=True)
        read = models.BooleanField(default=False)
    ```

    ```python
    # file: app/views.py
    from django.shortcuts import render

    from app.models import Notification


    def notifications(request):
        return render(request, "notifications.html", {"notifications": Notification.objects.all()})
    ```

    ```html
    {# file: app/templates/notifications.html #}
    {% for notification in notifications %}
      <p>{{ notification.text }} {% if not notification.is_read %}new{% endif %}</p>
    {% endfor %}
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Notification(models.Model):
        text = models.CharField(max_length=200)
        timestamp = models.DateTimeField(auto_now_add=True)
        read = models.BooleanField(default=False)
    ```

    ```python
    # file: app/views.py
    from django.shortcuts import render

    from app.models import Notification


    def notifications(request):
        return render(request, "notifications.html", {"notifications": Notification.objects.all()})
    ```

    ```html
    {# file: app/templates/notifications.html #}
    {% for notification in notifications %}
      <p>{{ notification.text }} {% if not notification.read %}new{% endif %}</p>
    {% endfor %}
    ```

    ## Silent when

    - the variable's type is not known, or one place that renders the template gives it something unknown;
    - it can be of several types and one of them has the name;
    - the class is open: a base class was not found, it has `__getattr__`, a class below it has the name, or a library that
      it inherits from speaks of the name or was read in a version that the project may not run;
    - the name comes at run time: an annotation of the queryset, `Prefetch(to_attr=…)`, `obj.name = …` or
      `setattr(obj, "name", …)` anywhere in the project, unless `obj` is known to be something else;
    - it is a key of a dict, or an index, or a word of a tag that is not known;
    - every template that extends this one fills the block in which it stands;
    - Jinja is asked first: `obj.name is defined`, `obj.name|default(…)`;
    - code names the template, or one that shows it, where it is not understood how it is rendered.

    ## Fix

    Where exactly one name of the model or form is near, the path is changed to it. It needs `--unsafe-fixes`: what the
    author meant is a guess.
    """

    summary = "a name in a template that the object it is asked of does not have"
    severity = "error"
    kinds = frozenset({"template"})
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for missing in project.templates.missing.in_template(path):
            yield self.report(project, path, missing)

    def report(self, project: Project, path: str, missing: Missing) -> Finding:
        meant = _near(project, missing)
        is_field = all(isinstance(o, ModelInstance) or _is_form(project, o) for o in missing.owners)
        message = f"{_listed(missing)} no {'field' if is_field else 'attribute'} `{missing.name}`"
        return self.finding(
            project.place(path, missing.span),
            message + _CONSEQUENCES[missing.outcome],
            help=_help(project, path, missing, meant),
            related=[*_definitions(project, missing), *_renders(project, path, missing)],
            fix=_fix(project, path, missing, meant[0]) if len(meant) == 1 else None,
        )


_CONSEQUENCES = {"": "", "never": ", so this condition is never true", "always": ", so this condition is always true"}


def _listed(missing: Missing) -> str:
    names = list(dict.fromkeys(title(owner) for owner in missing.owners))
    if len(names) > 3:
        names[3:] = [f"{len(names) - 3} more"]
    return f"{' and '.join(names)} {'has' if len(names) == 1 else 'have'}"


def _is_form(project: Project, owner: object) -> bool:
    return isinstance(owner, Instance) and shape(project.flow, owner.symbol) is not None


# --- what was meant --------------------------------------------------------------------------------------------------


def _near(project: Project, missing: Missing) -> list[str]:
    """Names like the missing one that all of its owners have, the likeliest first."""
    sets = [project.templates.missing.names(owner) for owner in missing.owners]
    return near(missing.name, frozenset.intersection(*sets))


def _moment(project: Project, missing: Missing) -> str:
    """The only date or time of the model, where the missing name is that of one."""
    if not _MOMENT.search(missing.name):
        return ""
    found = [project.templates.missing.moments(owner) for owner in missing.owners]
    return found[0][0] if all(len(names) == 1 and names == found[0] for names in found) else ""


def _help(project: Project, path: str, missing: Missing, meant: list[str]) -> str:
    if meant:
        return f"did you mean {' or '.join(f'`{name}`' for name in meant)}?"
    moment = _moment(project, missing)
    if moment:
        return f"did you mean `{moment}`?"
    if all(project.templates.missing.row_has(owner, missing.name) for owner in missing.owners):
        return f"ask each of its rows for `{missing.name}`, in a loop"
    return ""


def _fix(project: Project, path: str, missing: Missing, name: str) -> Fix:
    end = missing.span.end
    segment = Span(end - len(missing.name.encode()), end)
    return Fix(False, (Edit(project.place(path, segment), name),), f"use `{name}`")


# --- where it comes from -----------------------------------------------------------------------------------------------


def _definitions(project: Project, missing: Missing) -> Iterator[Related]:
    classes = list(dict.fromkeys(_class(owner) for owner in missing.owners))
    for cls in [c for c in classes if c is not None and not c.unit.is_library][:MOST_RELATED]:
        yield Related(project.class_place(cls), f"`{cls.name}` is defined here")


def _class(owner: object) -> ClassSymbol | None:
    if isinstance(owner, (ModelInstance, QuerySet)):
        return owner.model.symbol
    return owner.symbol if isinstance(owner, Instance) else None


def _renders(project: Project, path: str, missing: Missing) -> Iterator[Related]:
    """Places that render the template, those first that give it the variable by this very name."""
    finder = project.templates.missing
    origin = finder.origin(path, missing.root)
    renders = list(islice(finder.renders(path), MOST_RENDERS))
    giving = [render for render in renders if render.context.get(origin) is not None]
    for render in (giving or renders)[:MOST_RELATED]:
        yield Related(render.place, f"rendered from here with `{origin}`" if giving else "rendered from here")
