"""`--fix`, `--unsafe-fixes` and `--diff` on files."""

import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

Run = Any  # the Command of conftest.py

TEXT = "SAFE_A = 1\nRISKY_B = 2\nSTUBBORN = 3\n"


def test_fix_makes_safe_repairs_and_reports_the_rest(root: Path, ormlint: Run) -> None:
    (root / "a.py").write_text(TEXT)
    done = ormlint("check", "--fix", "--format", "concise")
    assert (root / "a.py").read_text() == "safe_a = 1\nRISKY_B = 2\nSTUBBORN = 3\n"
    assert done.returncode == 1
    assert [line.partition(":")[2][:1] for line in done.stdout.splitlines()[:-1]] == ["2", "3"]
    assert "ormlint: a.py:3: loud-name is not repaired: the finding would still be there" in done.stderr
    assert "ormlint: 1 fix made in 1 file" in done.stderr


def test_unsafe_fixes(root: Path, ormlint: Run) -> None:
    (root / "a.py").write_text("SAFE_A = 1\nRISKY_B = 2\n")
    assert ormlint("check", "--fix", "--unsafe-fixes").returncode == 0
    assert (root / "a.py").read_text() == "safe_a = 1\nrisky_b = 2\n"


def test_a_result_that_does_not_parse_leaves_the_file_alone(root: Path, ormlint: Run) -> None:
    (root / "a.py").write_text("BROKEN = 1\n")
    done = ormlint("check", "--fix")
    assert (root / "a.py").read_text() == "BROKEN = 1\n"
    assert "a.py would no longer parse" in done.stderr


def test_diff_writes_nothing(root: Path, ormlint: Run) -> None:
    (root / "a.py").write_text(TEXT)
    done = ormlint("check", "--diff")
    assert (root / "a.py").read_text() == TEXT
    assert done.returncode == 1
    expected = "--- a/a.py\n+++ b/a.py\n@@ -1,3 +1,3 @@\n-SAFE_A = 1\n+safe_a = 1\n RISKY_B = 2\n STUBBORN = 3\n"
    assert done.stdout == expected
    (root / "a.py").write_text("RISKY_B = 2\n")
    assert ormlint("check", "--diff").returncode == 0


def test_a_diff_can_be_applied(root: Path, ormlint: Run) -> None:
    (root / "a.py").write_bytes("x = 'é'\r\nSAFE_A = 1\r\ny = '\x0c'\r\nSAFE_B = 2".encode())
    patch = ormlint("check", "--diff").stdout
    done = subprocess.run(["git", "apply", "-"], cwd=root, input=patch.encode(), capture_output=True)
    assert done.returncode == 0, done.stderr
    assert (root / "a.py").read_bytes() == "x = 'é'\r\nsafe_a = 1\r\ny = '\x0c'\r\nsafe_b = 2".encode()


def test_the_diff_of_an_unsaved_buffer(root: Path, ormlint: Run) -> None:
    (root / "a.py").write_text("x = 1\n")
    done = ormlint("check", "--diff", "--stdin-filename", "a.py", "-", input="SAFE_A = 1\n")
    assert "-SAFE_A = 1\n+safe_a = 1\n" in done.stdout


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\xef\xbb\xbfSAFE_A = 1\n", b"\xef\xbb\xbfsafe_a = 1\n"),
        (b"x = 1\r\nSAFE_A = 1\r\n", b"x = 1\r\nsafe_a = 1\r\n"),
        (b"# coding: latin-1\nx = '\xe9'\nSAFE_A = 1", b"# coding: latin-1\nx = '\xe9'\nsafe_a = 1"),
        ("x = '日本'; SAFE_A = 1 # ö\n\n\n".encode(), "x = '日本'; safe_a = 1 # ö\n\n\n".encode()),
        (b"x = 1\x0c\n\x0cSAFE_A = 1\n", b"x = 1\x0c\n\x0csafe_a = 1\n"),
    ],
)
def test_everything_else_stays_byte_for_byte(root: Path, ormlint: Run, before: bytes, after: bytes) -> None:
    (root / "a.py").write_bytes(before)
    assert ormlint("check", "--fix").returncode == 0
    assert (root / "a.py").read_bytes() == after


def test_the_mode_stays_and_nothing_is_left_behind(root: Path, ormlint: Run) -> None:
    (root / "a.py").write_text("SAFE_A = 1\n")
    (root / "a.py").chmod(0o750)
    ormlint("check", "--fix", "--no-cache")
    assert stat.S_IMODE((root / "a.py").stat().st_mode) == 0o750
    assert sorted(os.listdir(root)) == ["a.py", "ormlint.toml"]


def test_a_link_is_written_through(root: Path, ormlint: Run, tmp_path: Path) -> None:
    (tmp_path / "real.py").write_text("SAFE_A = 1\n")
    (root / "a.py").symlink_to(tmp_path / "real.py")
    ormlint("check", "--fix")
    assert (root / "a.py").is_symlink()
    assert (tmp_path / "real.py").read_text() == "safe_a = 1\n"


def test_unused_suppressions_are_removed(root: Path, ormlint: Run) -> None:
    lines = [
        "# ormlint: ignore[loud-name] on a line of its own",
        "x = 1  # noqa  # ormlint: ignore[loud-name]",
        "PLAIN = 1  # ormlint: ignore[unused-suppression, loud-name] kept",
    ]
    (root / "a.py").write_text("\n".join(lines) + "\n")
    assert ormlint("check", "--fix").returncode == 0
    assert (root / "a.py").read_text() == "x = 1  # noqa\nPLAIN = 1  # ormlint: ignore[loud-name] kept\n"
