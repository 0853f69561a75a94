"""Ask the real pip whether it would install a requirements file, from tiny wheels that a test makes."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest


def wheel(folder: Path, name: str, version: str, requires: Iterable[str] = (), extras: Iterable[str] = ()) -> None:
    """A release with nothing in it but what it requires."""
    stem = f"{name.replace('-', '_')}-{version}"
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    head += "".join(f"Provides-Extra: {extra}\n" for extra in extras)
    head += "".join(f"Requires-Dist: {line}\n" for line in requires)
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as file:
        file.writestr(f"{stem}.dist-info/METADATA", head)
        file.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr(f"{stem}.dist-info/RECORD", "")


def pip_says(folder: Path, files: Mapping[str, str], path: str = "requirements.txt") -> str:
    """The line of pip that begins with `ERROR: Cannot install`, "" where it would install."""
    pytest.importorskip("pip")
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-index"]
    command += ["--disable-pip-version-check", "--find-links", str(folder), "-r", path]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    if done.returncode == 0:
        return ""
    said = [line for line in done.stderr.splitlines() if line.startswith("ERROR: Cannot install")]
    assert said, done.stderr
    return said[0]
