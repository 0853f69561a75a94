from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.settings.misspelt import Misspelt


class MisspeltSetting(Check):
    """A name in a settings module that is one slip away from a setting of Django's, and that nobody reads.

    Django takes any name in capitals for a setting. One that is not spelled right is passed over, and the default of the right
    one is in force, while `manage.py check` says

    ```text
    System check identified no issues (0 silenced).
    ```

    ## Bad

    ```python
    # file: settings.py
    SECRET_KEY = "only for development"
    INSTALLED_APPS = ["django.contrib.contenttypes"]
    SESSION_COOKIE_SECUR = True
    ```

    ## Good

    ```python
    # file: settings.py
    SECRET_KEY = "only for development"
    INSTALLED_APPS = ["django.contrib.contenttypes"]
    SESSION_COOKIE_SECURE = True
    ```

    ## Silent when

    - the name stands anywhere else in the project's code or text files: a setting of its own is read somewhere;
    - the right name stands anywhere in the project: the two are then told apart;
    - more than one letter is wrong, or the first one is, or the name has fewer than eight letters;
    - a package that ormlint knows speaks of the name;
    - it is in settings for tests.

    ## Fix

    Unsafe: the name is spelled right, so that the setting comes into force.
    """

    summary = "a setting of Django's that is not spelled right, so that nobody reads it"
    severity = "warning"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.misspelt_settings.of(path):
            yield self.report(found)

    def report(self, found: Misspelt) -> Finding:
        return self.finding(
            found.place,
            f"nobody reads `{found.name}`; Django has a setting `{found.meant}`",
            help=f"write `{found.meant}`",
            fix=Fix(False, (Edit(found.place, found.meant),), f"write {found.meant}"),
        )
