"""The generated documentation is what the rules say."""

import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parents[1]


def test_the_pages_and_the_readme_are_up_to_date() -> None:
    command = [sys.executable, str(HOME / "scripts" / "gen_docs.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
