"""The command as a process of its own, with a check that comes from another package.

`acme/loud-name` reports names in capitals: `SAFE…` with a safe fix, `RISKY…` with an unsafe one, `STUBBORN…` with one that
leaves it where it is, `BROKEN…` with one that makes no Python, `PLAIN…` without, and `CRASH` makes the check itself fail.
"""

import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]

PLUGIN = '''\
"""A check from elsewhere."""

from linter.check import Check
from linter.facts import syntax as s
from linter.finding import Edit, Fix, Related


class LoudName(Check):
    """A name that shouts.

    ## Bad
    ```python
    SAFE_NAME = 1
    ```

    ## Good
    ```python
    safe_name = 1
    ```

    ## Fix
    Safe.
    """

    summary = "a name in capitals"
    severity = "error"
    fixable = True
    aliases = ("shouting-name",)

    def check(self, project, path):
        unit = project.unit(path)
        for node in unit.module.body:
            target = node.targets[0] if isinstance(node, s.Assign) else None
            if isinstance(target, s.Name) and target.id.isupper():
                if target.id == "CRASH":
                    raise ValueError("this one is too loud")
                place = project.place(path, unit.span(target.at))
                yield self.finding(
                    place,
                    f"`{target.id}` is loud",
                    runtime="OSError: too loud",
                    help="speak softly",
                    related=[Related(place, "it is heard here")],
                    fix=self.fix(target.id, place),
                )

    def fix(self, name, place):
        texts = {"SAFE": name.lower(), "RISKY": name.lower(), "STUBBORN": name + "_2", "BROKEN": "(("}
        for start, text in texts.items():
            if name.startswith(start):
                return Fix(start != "RISKY", (Edit(place, text),), "whisper")
'''


@pytest.fixture(scope="session")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plugin")
    (folder / "acme_rules.py").write_text(PLUGIN)
    (folder / "acme_rules-1.dist-info").mkdir()
    entry = "[console_scripts]\nx = y:z\n\n[ormlint.checks]\nacme/loud-name = acme_rules:LoudName\n"
    (folder / "acme_rules-1.dist-info" / "entry_points.txt").write_text(entry)
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project's root: the configuration keeps the search for it from going further up."""
    root = tmp_path / "project"
    root.mkdir()
    (root / "ormlint.toml").write_text("")
    return root


class Command:
    """`ormlint` in a project, with the check from elsewhere installed."""

    python = (sys.executable,)

    def __init__(self, root: Path, plugin: Path) -> None:
        self.root = root
        inherited = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "GITHUB_WORKSPACE")}
        path = os.pathsep.join((str(HOME), str(plugin)))
        self.environment = {**inherited, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}

    def __call__(
        self, *arguments: str, input: str = "", cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        command = [*self.python, "-m", "ormlint", *arguments]
        environment = {**self.environment, **environment}
        done = subprocess.run(command, cwd=cwd or self.root, env=environment, input=input.encode(), capture_output=True)
        assert b"Traceback" not in done.stderr
        return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())

    def on_a_terminal(self, *arguments: str, **environment: str) -> str:
        """What a terminal is sent."""
        ours, theirs = pty.openpty()
        command = [*self.python, "-m", "ormlint", *arguments]
        process = subprocess.Popen(
            command, cwd=self.root, env={**self.environment, **environment}, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # how Linux says that the other end is closed
            while chunk := os.read(ours, 65536):
                shown += chunk
        process.wait()
        os.close(ours)
        return shown.decode()


@pytest.fixture
def ormlint(plugin: Path, root: Path) -> Command:
    return Command(root, plugin)
