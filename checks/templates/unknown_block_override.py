from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.near import near

MOST_RELATED = 10


class UnknownBlockOverride(Check):
    """A template that extends another fills a block which no template above it has.

    Of a child template nothing is shown but what fills a block of its parent, or of a template further up. A block with a
    name that none of them has is dropped without a word, and all that stands in it:
    https://docs.djangoproject.com/en/stable/ref/templates/language/#template-inheritance

    It happens when a block is misspelt, or was renamed in the base template. Then all its children fill the block in vain,
    which is told once, in the first of them; the others are named.

    ## Bad

    ```html
    {# file: app/templates/base.html #}
    <title>{% block title %}Shop{% endblock %}</title>
    {% block content %}{% endblock %}
    ```

    ```html
    {# file: app/templates/book.html #}
    {% extends "base.html" %}
    {% block contents %}<p>All about the book</p>{% endblock %}
    ```

    ## Good

    ```html
    {# file: app/templates/base.html #}
    <title>{% block title %}Shop{% endblock %}</title>
    {% block content %}{% endblock %}
    ```

    ```html
    {# file: app/templates/book.html #}
    {% extends "base.html" %}
    {% block content %}<p>All about the book</p>{% endblock %}
    ```

    ## Silent when

    - what the template extends is worked out, or lies in a library, or something above it does;
    - one of several templates of that name has the block;
    - the block is empty, stands inside another one, or has a known block in it;
    - code that speaks of blocks says its name: some packages render one block of a template. The usual blocks of mails are
      never reported in templates of mails;
    - Jinja shows it by `self.name()`.

    ## Fix

    Give it the name of a block that there is, or add the block to the template above.
    """

    summary = "a block of a child template that no template above it has"
    severity = "warning"
    kinds = frozenset({"template"})

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.templates.overrides.told_in(path):
            meant = near(found.name, found.known)
            above = " or ".join(f"`{parent}`" for parent in found.parents[:2])
            count = len(found.others)
            more = f", here and in {count} other template{'s' * (count > 1)}," if count else ""
            yield self.finding(
                project.place(path, found.span),
                f"{above} has no block `{found.name}`, nor has any template above: what stands in it{more} is never shown",
                help=f"did you mean {' or '.join(f'`{name}`' for name in meant)}?" if meant else "",
                related=[
                    Related(project.place(other, span), "it is filled here as well")
                    for other, span in found.others[:MOST_RELATED]
                ],
            )
