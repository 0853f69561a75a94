from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.settings.truthiness import NEGATIVE, Truthy
from linter.span import Span


class EnvironmentTruthiness(Check):
    """A bool is taken from the environment as it is, where `False` is a text, and true.

    What the environment gives is text, and of texts only the empty one is false. So `DEBUG=False`, as deployments say it,
    turns DEBUG on, and visitors see pages with tracebacks and settings. Nothing is raised and `manage.py check` is content:

    ```text
    >>> os.environ["DEBUG"] = "False"
    >>> bool(os.environ.get("DEBUG", False))
    True
    ```

    With `"False"` as the default it is true even where the environment says nothing.

    ## Bad

    ```python
    # file: settings.py
    import os

    SECRET_KEY = os.environ["SECRET_KEY"]
    DEBUG = os.environ.get("DEBUG", False)
    INSTALLED_APPS = ["django.contrib.contenttypes"]
    ```

    ## Good

    ```python
    # file: settings.py
    import os

    SECRET_KEY = os.environ["SECRET_KEY"]
    DEBUG = os.environ.get("DEBUG", "False").lower() not in ("", "0", "false", "no", "off")
    INSTALLED_APPS = ["django.contrib.contenttypes"]
    ```

    ## Silent when

    - the default is no bool and no word for false (`False`, `0`, `no`, `off`): `bool(os.environ.get("API_KEY"))` asks whether
      there is one;
    - the text is compared, or goes through a function (`strtobool`, `json.loads`, `int`) or a package such as environ or
      decouple;
    - it stands in no `bool(…)`, and the name is none of Django's own bools, or not in a settings module: who reads it may
      expect a text;
    - the name is bound again, in this module or in one that starts from it;
    - it is a test.

    ## Fix

    Safe: words for false are false, and whatever else the environment says remains true. Unsafe where the default is such a
    word, for what was always on is then off.
    """

    summary = "a bool from the environment, where the text `False` is true"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        unit = project.unit(path)
        if unit is None or (b"environ" not in unit.facts.module and b"getenv" not in unit.facts.module):
            return
        for found in project.truthiness.in_file(path):
            yield self.report(project, path, found)

    def report(self, project: Project, path: str, found: Truthy) -> Finding:
        when = "unless the variable is empty" if found.is_constant else "when the environment says `False`, too"
        return self.finding(
            project.place(path, found.call),
            f"`{found.setting}` is true {when}: every text but the empty one is",
            help="compare the text",
            fix=self.fix(project, path, found),
        )

    def fix(self, project: Project, path: str, found: Truthy) -> Fix | None:
        if found.default is None:
            return None
        words = ", ".join(f'"{word}"' for word in NEGATIVE)
        end = project.place(path, Span(found.call.end, found.call.end))
        default = project.place(path, found.default)
        edits = (Edit(default, f'"{found.fallback}"'), Edit(end, f".lower() not in ({words})"))
        return Fix(not found.is_constant, edits, "compare the text")
