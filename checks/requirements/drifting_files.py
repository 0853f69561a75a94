from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.requirements.files import Contradiction


class DriftingFiles(Check):
    """Two files pin the same package to different versions.

    A platform installs the `requirements.txt` at the root, the Dockerfile the one beside the code, a developer what the lock
    file says. Where they are to say the same and one package is pinned apart, it works here and fails there: the code meets
    a version that nobody tried.

    Where one of the files takes in the other (`-r`, `-c`), or one file pins a package twice, nothing can be installed at all:

    ```text
    ERROR: Cannot install openpyxl==3.0.10 and openpyxl==3.1.5 because these package versions have conflicting dependencies.
    ```

    ## Bad

    ```text
    # file: requirements.txt
    Django==5.2.8
    gunicorn==23.0.0
    openpyxl==3.0.10
    whitenoise==6.11.0
    ```

    ```text
    # file: backend/requirements.txt
    Django==5.2.8
    gunicorn==23.0.0
    openpyxl==3.1.5
    whitenoise==6.11.0
    ```

    ## Good

    ```text
    # file: requirements.txt
    -r backend/requirements.txt
    ```

    ```text
    # file: backend/requirements.txt
    Django==5.2.8
    gunicorn==23.0.0
    openpyxl==3.1.5
    whitenoise==6.11.0
    ```

    ## Silent when

    - the files are not told to be for one environment: they have different names, share few packages, or differ in most of
      them; or one is that of documentation, tests or examples;
    - a pin holds for some platforms or Python versions only;
    - one of the two is a range.

    Compared are files that include each other, `x.in` with the `x.txt` made from it, files of one name of which one lies in a
    folder below the other's, and requirements.txt and pyproject.toml with the lock file beside them. The finding stands in
    the file that is nearer to the root, or in the compiled one, or in the one that includes.

    ## Fix

    None: which of the two versions is meant is not the tool's to decide.
    """

    summary = "one package pinned to different versions in files that belong together"
    severity = "warning"
    kinds = frozenset({"requirements", "config"})

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.requirements.contradictions.get(path, ()):
            yield self.report(project, found)

    def report(self, project: Project, found: Contradiction) -> Finding:
        pin = found.pin
        one, two = f"{pin.title}=={pin.version}", f"{found.other.title if found.other else pin.title}=={found.version}"
        where = "again in this file" if found.path == pin.path else f"in {found.path}"
        place = [project.requirements.place(found.other)] if found.other is not None else []
        return self.finding(
            project.requirements.place(pin),
            f"`{pin.name}` is pinned to {pin.version} here and to {found.version} {where}",
            severity="error" if found.included else None,
            runtime=f"Cannot install {' and '.join(sorted((one, two)))} because these package versions have conflicting "
            "dependencies."
            if found.included
            else "",
            help="pin it to one version, or let one file include the other",
            related=[Related(at, f"{found.version} here") for at in place],
        )
