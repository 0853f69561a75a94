"""A run that is killed, or that is not alone, never leaves anything half done."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent.parent
FILES = 50

BEFORE = (
    "def f_{n}(x):\n    return x + {n}  # ormlint: ignore[unknown-suppression] no longer needed\n\n\n"
    + "class C_{n}:\n    y = 1\n" * 40
)
AFTER = "def f_{n}(x):\n    return x + {n}\n\n\n" + "class C_{n}:\n    y = 1\n" * 40


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "manage.py").touch()
    for n in range(FILES):
        (tmp_path / f"app/m{n}.py").write_text(BEFORE.replace("{n}", str(n)))
    return tmp_path


def start(project: Path, *arguments: str) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "ormlint", "check", str(project), "--format", "concise", "--quiet", *arguments]
    return subprocess.Popen(line, cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def moments(project: Path, seed: int, count: int, *arguments: str) -> Sequence[float]:
    """Random moments of the time that a run takes here."""
    started = time.perf_counter()
    finish(start(project, *arguments))
    duration = time.perf_counter() - started
    return [duration * random.Random(seed + n).random() for n in range(count)]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_an_interrupted_run_leaves_a_cache_that_is_as_good_as_none(project: Path, how: signal.Signals) -> None:
    cache = ("--cache-dir", str(project / "cache"))
    expected = finish(start(project, "--no-cache"))
    assert expected[0] == 1
    assert expected[1].count("unused-suppression") == FILES
    for moment in moments(project, how, 4, "--no-cache"):
        (project / f"app/m{int(moment * 1e6) % FILES}.py").touch()
        running = start(project, *cache)
        time.sleep(moment)
        running.send_signal(how)
        status, _, err = finish(running)
        assert "Traceback" not in err
        assert status in (1, 130, -how)
        assert finish(start(project, *cache)) == expected
        for file in (project / "cache").iterdir():
            if file.name.startswith("facts"):
                file.unlink()


def test_two_runs_at_once_agree(project: Path) -> None:
    expected = finish(start(project, "--no-cache"))
    cache = ("--cache-dir", str(project / "cache"))
    for _ in range(2):
        running = [start(project, *cache) for _ in range(3)]
        assert [finish(process) for process in running] == [expected] * 3
        (project / "app/m0.py").write_text(BEFORE.replace("{n}", "0"))
    assert finish(start(project, *cache)) == expected
    assert [file.name for file in (project / "cache").iterdir() if file.name.startswith("new-")] == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_fix_leaves_every_file_old_or_new(project: Path, how: signal.Signals) -> None:
    files = {
        project / f"app/m{n}.py": (BEFORE.replace("{n}", str(n)), AFTER.replace("{n}", str(n))) for n in range(FILES)
    }
    for moment in moments(project, how, 4, "--fix"):
        for file, (before, _) in files.items():
            file.write_text(before)
        running = start(project, "--fix", "--no-cache")
        time.sleep(moment)
        running.send_signal(how)
        assert "Traceback" not in finish(running)[2]
        for file, states in files.items():
            assert file.read_text() in states
    finish(start(project, "--fix", "--no-cache"))
    assert [file for file, (_, after) in files.items() if file.read_text() != after] == []
