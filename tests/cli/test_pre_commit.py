"""The hooks, run by the real pre-commit in a repository that uses this one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
SUPPRESSED = "x = 1  # ormlint: ignore[invalid-suppression] not any more\n"
OFFLINE = ("No matching distribution found", "Could not find a version", "ConnectionError", "NewConnectionError")


def git(*arguments: str, cwd: Path) -> str:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *identity, *arguments], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what this checkout holds now."""
    pytest.importorskip("pre_commit")
    if not (HOME / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is no git checkout")
    folder = tmp_path_factory.mktemp("hooks")
    for path in git("ls-files", "-co", "--exclude-standard", cwd=HOME).splitlines():
        if (HOME / path).is_file() and not path.startswith("tests/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(HOME / path, folder / path)
    git("init", "-q", cwd=folder)
    git("add", "-A", cwd=folder)
    git("commit", "-q", "-m", "all", cwd=folder)
    return folder


def try_repo(hooks: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = str(hooks.parent / "pre-commit-home")
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(hooks), *arguments]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") and k != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=cwd, env={**environment, "PRE_COMMIT_HOME": home}, capture_output=True, text=True
    )
    if any(words in done.stdout for words in OFFLINE):
        pytest.skip("the libraries cannot be installed from here")
    return done


def test_the_hooks(hooks: Path, tmp_path: Path) -> None:
    git("init", "-q", cwd=tmp_path)
    (tmp_path / "manage.py").write_text("")
    (tmp_path / "a.py").write_text(SUPPRESSED)
    (tmp_path / "b.py").write_text(SUPPRESSED)
    git("add", "-A", cwd=tmp_path)

    done = try_repo(hooks, tmp_path, "--files", "a.py")
    report, repair = done.stdout.split("ormlint (with safe repairs)")
    assert done.returncode == 1, done.stdout
    assert "a.py:1:26" in report
    assert "b.py" not in report
    assert "3 Python files" in report  # all of the project was read
    assert "files were modified by this hook" in repair
    assert "no findings" in repair
    assert (tmp_path / "a.py").read_text() == "x = 1\n"
    assert (tmp_path / "b.py").read_text() == SUPPRESSED
