from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Related
from linter.project import Project
from linter.project.settings.mail import CONSOLE, PASSWORD, SMTP, USER, Unready


class SmtpWithoutCredentials(Check):
    """Mail goes out by SMTP although its server or credentials are empty wherever the environment does not give them.

    SMTP is right in production. But where its credentials come from environment variables with nothing to fall back on, and
    nothing looks whether they are there, a deployment without them starts, passes `manage.py check --deploy`, and fails
    in whatever request or task sends the first mail:

    ```text
    ConnectionRefusedError: [Errno 111] Connection refused
    ```

    or, at a server that wants a login, `SMTPAuthenticationError`. With no `EMAIL_TIMEOUT` a server that does not answer
    keeps the request waiting as well.

    ## Bad

    ```python
    # file: settings.py
    import os

    SECRET_KEY = os.environ.get("SECRET_KEY", "only for development")
    DEBUG = os.environ.get("DEBUG", "0") == "1"
    INSTALLED_APPS = ["django.contrib.contenttypes"]

    EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
    EMAIL_PORT = 587
    EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")

    if DEBUG:
        EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    else:
        EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    ```

    ## Good

    ```python
    # file: settings.py
    import os

    SECRET_KEY = os.environ.get("SECRET_KEY", "only for development")
    DEBUG = os.environ.get("DEBUG", "0") == "1"
    INSTALLED_APPS = ["django.contrib.contenttypes"]

    EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
    EMAIL_PORT = 587
    EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")

    if EMAIL_HOST_USER and EMAIL_HOST_PASSWORD and not DEBUG:
        EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    else:
        EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    ```

    Better still where mail matters: `os.environ["EMAIL_HOST_USER"]`, which does not start without it.

    ## Silent when

    - the environment must give them: `os.environ["…"]`, `env("…")` and `config("…")` without a default;
    - some `if` or `assert` of the module, or of one for production that starts from it, asks about mail, or SMTP is
      switched on by a variable of its own;
    - the server is written down and runs beside the site (`localhost`, `mailpit`);
    - the backend itself comes from the environment, or is set anew in settings for production;
    - the settings are for development or tests, by the name of their file.

    ## Fix

    Unsafe: SMTP is chosen only where user and password are there, else the console is, so that mail is no longer sent
    there. Offered where both are names of the module that are bound before.
    """

    summary = "mail by SMTP although nothing makes sure that its credentials are there"
    severity = "warning"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        unit = project.unit(path)
        if unit is None or b"smtp.EmailBackend" not in unit.facts.module:
            return
        for found in project.mail.unready(path):
            yield self.report(found)

    def report(self, found: Unready) -> Finding:
        names = " and ".join(f"`{name}`" for name, _ in found.missing)
        verb = "is" if len(found.missing) == 1 else "are"
        return self.finding(
            found.place,
            f"SMTP is chosen although {names} {verb} empty when the environment does not say otherwise",
            runtime="[Errno 111] Connection refused",
            help="choose SMTP only where its credentials are there, or let the settings fail without them",
            related=[Related(place, f"`{name}` comes from the environment") for name, place in found.missing],
            fix=self.fix(found),
        )

    def fix(self, found: Unready) -> Fix | None:
        if not found.can_ask:
            return None
        text = f'"{SMTP}" if {USER} and {PASSWORD} else "{CONSOLE}"'
        return Fix(False, (Edit(found.place, text),), "send by SMTP only with credentials")
