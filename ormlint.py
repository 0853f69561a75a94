"""The launcher: `python -m ormlint` and the console script.

A Django project may well have packages of its own called `checks` or `linter`, in the current folder or on PYTHONPATH.
This installation's folder therefore goes first on sys.path before anything of ours is imported.
"""

import os
import sys


def main() -> None:
    home = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [home, *(p for p in sys.path if p != home)]
    from linter.cli import main as command

    command()


if __name__ == "__main__":
    main()
