"""How fast ormlint is, beside its peers, in one run on the same tree.

    git clone --depth 1 https://github.com/netbox-community/netbox
    python benchmarks/run.py netbox
    python benchmarks/run.py netbox --slow          # also the peers that take minutes

Everything runs on a copy of the folder, for a model file is changed on the way. Peers are installed into an environment
of their own (--environment, kept for the next time); one that cannot be installed is left out, and said to be. Each row is
the median of whole processes: start-up included, wall-clock seconds, CPU seconds, and the peak memory of the largest
process. The ratio is to ruff's Django rules, the fastest thing there is, though it looks at one file at a time.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
ORMLINT = (sys.executable, str(HOME / "ormlint.py"))
PEERS = {
    "ruff": ("ruff",),
    "pyrefly": ("pyrefly",),
    "flake8-django": ("flake8", "flake8-django"),
    "fixit": ("fixit",),
    "pylint-django": ("pylint", "pylint-django", "django"),
}
PYLINT_MESSAGES = "model-missing-unicode,modelform-uses-exclude,http-response-with-json-dumps,hard-coded-auth-user"
SLOW = ("fixit", "pylint-django")
FAILED = {"pylint-django": 32}  # from this exit status on a run is no run; from 2 on for all the others


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class Row:
    """One thing to be timed. `prepare` runs before each run and is not timed; `stdin` is fed to it."""

    name: str
    command: tuple[str, ...]
    prepare: Callable[[], None] = _nothing
    stdin: Path | None = None
    runs: int = 0
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    wall: float
    cpu: float
    megabytes: float
    status: int


def main() -> None:
    arguments = _arguments()
    peers = _install(arguments.environment, [p for p in PEERS if arguments.slow or p not in SLOW])
    with tempfile.TemporaryDirectory(prefix="ormlint-benchmark-") as scratch:
        tree = Path(scratch, "project")
        shutil.copytree(arguments.project, tree, symlinks=True, ignore=shutil.ignore_patterns(".git", ".ormlint_cache"))
        _describe(tree)
        rows = [*_own_rows(tree, Path(scratch, "cache"), arguments.model), *_peer_rows(tree, peers)]
        results = {row.name: _time(row, row.runs or arguments.runs, tree) for row in rows}
    _print(results)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", type=Path, help="the folder of a Django or SQLAlchemy project")
    parser.add_argument("--model", help="the file to be changed, below the folder; else the largest with models in it")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--slow", action="store_true", help=f"time {' and '.join(SLOW)} too")
    parser.add_argument("--environment", type=Path, default=Path(tempfile.gettempdir(), "ormlint-benchmark-peers"))
    return parser.parse_args()


# --- peers ---------------------------------------------------------------------------------------------------------------


def _install(folder: Path, wanted: Sequence[str]) -> dict[str, Path]:
    """The folder of programs for each peer that is there."""
    found: dict[str, Path] = {}
    for peer in wanted:
        home = folder / peer
        programs = home / ("Scripts" if os.name == "nt" else "bin")
        if not (programs / PEERS[peer][0]).exists():
            print(f"installing {peer} …", file=sys.stderr)
            subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
            done = subprocess.run(
                [str(programs / "pip"), "install", "--quiet", *PEERS[peer]], capture_output=True, text=True
            )
            if done.returncode:
                print(f"{peer} is left out, it cannot be installed: {done.stderr.strip().splitlines()[-1:]}")
                continue
        found[peer] = programs
    return found


def _peer_rows(tree: Path, peers: dict[str, Path]) -> Iterator[Row]:
    commands = {
        "ruff": ("ruff", "check", "--select", "DJ", "--no-cache", "--isolated", str(tree)),
        "pyrefly": ("pyrefly", "check", str(tree)),
        "flake8-django": ("flake8", "--isolated", "--select", "DJ", "--jobs", str(os.cpu_count()), str(tree)),
        "fixit": ("fixit", "--quiet", "lint", str(tree)),
        "pylint-django": (
            "pylint", "--load-plugins", "pylint_django", "--disable", "all", "--enable", PYLINT_MESSAGES, "--jobs", "0",
            "--recursive", "y", str(tree),
        ),
    }  # fmt: skip
    for peer, programs in peers.items():
        program, *rest = commands[peer]
        yield Row(peer, (str(programs / program), *rest), runs=1 if peer in SLOW else 0)


# --- ormlint -------------------------------------------------------------------------------------------------------------


def _own_rows(tree: Path, cache: Path, model: str | None) -> Iterator[Row]:
    check = (*ORMLINT, "check", str(tree), "--project", str(tree), "--cache-dir", str(cache))
    file = tree / model if model else _model_file(tree)
    changed = tree.parent / "changed.py"
    changed.write_text(f"{file.read_text()}\n\nclass Benchmark:\n    pass\n")

    def forget() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    def change() -> None:
        text = file.read_text()
        number = int(match[1]) if (match := re.search(r"class Benchmark(\d+):", text)) else 0
        text = text.partition("\n\nclass Benchmark")[0]
        file.write_text(f"{text}\n\nclass Benchmark{number + 1}:\n    pass\n")

    print(f"the model file is {file.relative_to(tree)}")
    yield Row("ormlint --version", (*ORMLINT, "--version"))
    yield Row("ormlint, cold", check, forget)
    yield Row("ormlint, warm", check)
    stdin = ("--stdin-filename", str(file), "-")
    check_one = (*ORMLINT, "check", "--project", str(tree), "--cache-dir", str(cache), *stdin)
    yield Row("ormlint, an editor's buffer", check_one, stdin=changed)
    yield Row("ormlint, one model file changed", check, change)


def _model_file(tree: Path) -> Path:
    """The largest file that defines models, as far as a glance can tell."""
    signs = (b"models.Model", b"__tablename__", b"db.Model")
    candidates = [p for p in tree.rglob("*.py") if "models" in p.as_posix() and "migrations" not in p.parts]
    found = [p for p in candidates if any(sign in p.read_bytes() for sign in signs)]
    if not found:
        sys.exit("no file with models found: name one with --model")
    return max(found, key=lambda p: p.stat().st_size)


# --- measuring -----------------------------------------------------------------------------------------------------------


def _time(row: Row, runs: int, tree: Path) -> list[Figures]:
    results = []
    for number in range(runs + (runs > 1)):
        row.prepare()
        figures = _run(row, tree)
        if number or runs == 1:  # the first one warms the disk's cache, and ours
            results.append(figures)
    return results


def _run(row: Row, tree: Path) -> Figures:
    with open(row.stdin or os.devnull, "rb") as stdin:
        started = time.perf_counter()
        process = subprocess.Popen(
            row.command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tree, env=_environment()
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    return Figures(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, process.returncode)


def _environment() -> dict[str, str]:
    """An installed program has its modules compiled; one in a checkout would compile them at every start if told not to
    keep them."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _describe(tree: Path) -> None:
    files = list(tree.rglob("*.py"))
    lines = sum(path.read_bytes().count(b"\n") for path in files if path.is_file())
    print(f"{len(files):,} Python files, {lines:,} lines, {os.cpu_count()} processors, Python {sys.version.split()[0]}")


def _print(results: dict[str, list[Figures]]) -> None:
    def median(name: str, what: str) -> float:
        values: list[float] = [getattr(figures, what) for figures in results[name]]
        return statistics.median(values)

    print(f"\n{'':34}{'wall s':>8}{'CPU s':>8}{'MB':>7}{'x ruff':>8}")
    for name, figures in results.items():
        if not 0 <= figures[-1].status < FAILED.get(name, 2):
            print(f"{name:34}failed with exit status {figures[-1].status}")
            continue
        ratio = f"{median(name, 'wall') / median('ruff', 'wall'):8.1f}" if "ruff" in results else ""
        print(f"{name:34}{median(name, 'wall'):8.2f}{median(name, 'cpu'):8.2f}{median(name, 'megabytes'):7.0f}{ratio}")


if __name__ == "__main__":
    main()
