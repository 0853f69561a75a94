from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding
from linter.project import Project


class MisplacedDatabaseOption(Check):
    """An option of a database that stands in the settings by itself, where Django does not read it.

    `ATOMIC_REQUESTS`, `CONN_MAX_AGE` and their like are keys of each database in `DATABASES`. Django takes any name in capitals
    for a setting, so that one beside `DATABASES` is passed over without a word, and the database has its default:

    ```text
    >>> connection.settings_dict["ATOMIC_REQUESTS"]
    False
    ```

    Whoever wrote `ATOMIC_REQUESTS = True` believes that a view which fails leaves nothing behind. It leaves all that it had
    saved by then.

    ## Bad

    ```python
    # file: settings.py
    SECRET_KEY = "only for development"
    INSTALLED_APPS = ["django.contrib.contenttypes"]
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    ATOMIC_REQUESTS = True
    ```

    ## Good

    ```python
    # file: settings.py
    SECRET_KEY = "only for development"
    INSTALLED_APPS = ["django.contrib.contenttypes"]
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "ATOMIC_REQUESTS": True}}
    ```

    ## Silent when

    - a database of some settings module has the option, too;
    - the name stands anywhere else in the project's code, which then reads it;
    - it is in settings for tests.

    ## Fix

    None: which databases are to have the option is not said, and to have each request in a transaction changes what views do.
    """

    summary = "an option of a database that stands beside `DATABASES`, where nobody reads it"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.misplaced_options.of(path):
            yield self.finding(
                found.place,
                f"nobody reads `{found.option}` here: it is an option of each database",
                help=f'give it in `DATABASES["default"]["{found.option}"]`',
            )
