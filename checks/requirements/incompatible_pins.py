from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from linter.check import Check
from linter.finding import Finding, Place, Related
from linter.project import Project
from linter.project.requirements.files import Refusal, Requirement


class IncompatiblePins(Check):
    """A pinned version that another pinned package does not work with.

    What a package declares, pip refuses to install:

    ```text
    ERROR: Cannot install -r requirements.txt (line 2) and celery==5.2.2 because these package versions have conflicting dependencies.
    ```

    But optional dependencies are declared in extras, and whoever does not ask for the extra is told nothing: pip installs
    `pandas==2.2.3` beside `openpyxl==3.0.10`, and `pip check` answers "No broken requirements found." pandas looks at the
    version when it needs the package, and the first `read_excel` says

    ```text
    ImportError: Pandas requires version '3.1.0' or newer of 'openpyxl' (version '3.0.10' currently installed).
    ```

    What packages declare was read from their releases and comes with ormlint; nothing is asked for when it runs.

    ## Bad

    ```text
    # file: requirements.txt
    openpyxl==3.0.10
    pandas==2.2.3
    ```

    ```python
    # file: imports.py
    import pandas


    def rows(upload):
        return pandas.read_excel(upload).to_dict("records")
    ```

    ## Good

    ```text
    # file: requirements.txt
    openpyxl==3.1.5
    pandas==2.2.3
    ```

    ```python
    # file: imports.py
    import pandas


    def rows(upload):
        return pandas.read_excel(upload).to_dict("records")
    ```

    ## Silent when

    - one of the two is no exact pin, or holds for some platforms or Python versions only;
    - the release that asks is not among those that came with ormlint, or asks under a condition (a Python version, an
      extra that is not installed);
    - the two stand in files that are not installed together;
    - an optional dependency is not used for what pandas needs it for (nobody calls `read_excel`).

    ## Fix

    None: the newer version may bring more than what is asked for.
    """

    summary = "a pinned version that another pinned package does not work with"
    severity = "error"
    kinds = frozenset({"requirements", "config"})

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.requirements.refusals.get(path, ()):
            yield self.report(project, found)

    def report(self, project: Project, found: Refusal) -> Finding:
        pin, by = found.pin, found.by
        place = project.requirements.place(by)
        wants = f"{found.wants} or newer" if found.optional else f"a version {found.wants}"
        if found.optional:
            runtime = (
                f"Pandas requires version '{found.wants}' or newer of '{found.optional}' (version '{pin.version}' "
                "currently installed)."
            )
        else:
            runtime = f"{self.refused(pin, by, place)} because these package versions have conflicting dependencies."
        return self.finding(
            project.requirements.place(pin),
            f"`{pin.name}` is pinned to {pin.version}, but {by.name} {by.version} needs {wants}",
            runtime=runtime,
            help=f"pin `{pin.name}` to {wants}",
            related=[Related(place, f"{by.name} {by.version} is pinned here")],
        )

    def refused(self, pin: Requirement, by: Requirement, place: Place) -> str:
        """pip names what asks by its line, unless it comes with extras."""
        asks = f"-r {basename(by.path)} (line {place.range.line})"
        if by.extras:
            asks = f"{by.name}[{','.join(sorted(by.extras))}]=={by.version}"
        return f"Cannot install {' and '.join(sorted((f'{pin.title}=={pin.version}', asks)))}"
