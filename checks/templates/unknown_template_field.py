from __future__ import annotations

from checks.templates._missing import MissingName


class UnknownTemplateField(MissingName):
    """A template asks a model instance, a queryset or another object for something that it does not have.

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

    Where exactly one name of the model is near, the path is changed to it. It needs `--unsafe-fixes`: what the
    author meant is a guess.
    """

    summary = "a name in a template that the object it is asked of does not have"
    severity = "error"
    of_forms = False
