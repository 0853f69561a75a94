from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding
from linter.project import Project
from linter.project.settings.removed import Removed


class RemovedSetting(Check):
    """A setting that the project's version of Django no longer reads.

    Django takes any name for a setting, so one that it has dropped is passed over without a word: `manage.py check` is
    content, and Django's own default is in force. Of `STATICFILES_STORAGE` this means that files are served without
    the hashes in their names, of `DEFAULT_FILE_STORAGE` that uploads go to the local disk instead of the bucket and are
    lost with the container:

    ```text
    >>> type(storages["default"])
    <class 'django.core.files.storage.filesystem.FileSystemStorage'>
    ```

    ## Bad

    ```python
    # file: settings.py
    SECRET_KEY = "only for development"
    INSTALLED_APPS = ["django.contrib.contenttypes"]

    DEFAULT_FILE_STORAGE = "django.core.files.storage.InMemoryStorage"
    ```

    ```text
    # file: requirements.txt
    Django==5.2.8
    ```

    ## Good

    ```python
    # file: settings.py
    SECRET_KEY = "only for development"
    INSTALLED_APPS = ["django.contrib.contenttypes"]

    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    ```

    ```text
    # file: requirements.txt
    Django==5.2.8
    ```

    ## Silent when

    - the requirements and lock files do not say that Django is at least a version without the setting;
    - its value is what Django did anyway, or is no plain text: switches go when their new value has become the only one;
    - it stands under a condition, or its successor is given, too (`STORAGES`);
    - something in the project speaks of it: it then reads the setting itself;
    - it is in settings for tests.

    What was removed is seen by comparing Django 4.2, 5.2, 6.0 and 6.1; what went before 4.2 is not known.

    ## Fix

    None: what takes its place has another shape. The release notes of Django show it.
    """

    summary = "a setting that the project's version of Django no longer reads"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.removed_settings.of(path):
            yield self.report(found)

    def report(self, found: Removed) -> Finding:
        return self.finding(
            found.place,
            f"Django {found.version} does not read `{found.setting}`: its default is in force",
            help=f"Django {found.last} read it; the release notes since say what takes its place",
        )
