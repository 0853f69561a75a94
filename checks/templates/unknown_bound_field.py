from __future__ import annotations

from checks.templates._missing import MissingName


class UnknownBoundField(MissingName):
    """A template asks a form for a field that it does not have.

    `{{ form.emial }}` renders nothing, and neither do its label and its errors: the input is not on the page, and a form that
    needs it can never be sent. Django only logs, at level DEBUG, which no deployment shows:

    ```text
    Exception while resolving variable 'emial' in template 'contact.html'.
    ```

    Fields are those that the form's classes declare, those that `Meta.fields` takes from a model, and what the form's methods
    add by `self.fields["name"] = …`. The form is followed from the code that renders the template, as by
    `unknown-template-field`.

    ## Bad

    ```python
    # file: app/forms.py
    from django import forms


    class ContactForm(forms.Form):
        email = forms.EmailField()
        text = forms.CharField(widget=forms.Textarea)
    ```

    ```python
    # file: app/views.py
    from django.shortcuts import render

    from app.forms import ContactForm


    def contact(request):
        return render(request, "contact.html", {"form": ContactForm()})
    ```

    ```html
    {# file: app/templates/contact.html #}
    {{ form.emial }} {{ form.text }}
    ```

    ## Good

    ```python
    # file: app/forms.py
    from django import forms


    class ContactForm(forms.Form):
        email = forms.EmailField()
        text = forms.CharField(widget=forms.Textarea)
    ```

    ```python
    # file: app/views.py
    from django.shortcuts import render

    from app.forms import ContactForm


    def contact(request):
        return render(request, "contact.html", {"form": ContactForm()})
    ```

    ```html
    {# file: app/templates/contact.html #}
    {{ form.email }} {{ form.text }}
    ```

    ## Silent when

    - what the variable is is not known, or in one place that renders the template it is something else;
    - a class of the form was not read, or another one inherits from it;
    - fields are added under names that are worked out, or the fields are handed to something else;
    - `Meta.fields` is worked out, or takes all fields of a model that is not known to its end;
    - code names the template, or one that shows it, where it is not understood how it is rendered.

    ## Fix

    Where exactly one field is near, the path is changed to it. It needs `--unsafe-fixes`: what the author meant is a guess.
    """

    summary = "a field that a template asks a form for and that the form does not have"
    severity = "error"
    of_forms = True
