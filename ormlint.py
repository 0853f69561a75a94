"""The launcher: `python -m ormlint` and the console script.

The project that is linted may well have packages called `checks` or `linter`, or modules that shadow the standard
library, and its folder may be the current one or stand on PYTHONPATH. Nothing of it may ever be imported, so before
anything of ours is, its folders leave sys.path and this installation comes first among what is not Python's own.
"""

import os
import sys


def main() -> None:
    sys.path[:] = search_path(sys.path, os.path.dirname(os.path.abspath(__file__)))
    try:
        from linter.cli import main as command

        command()
    except ImportError as problem:
        if os.environ.get("ORMLINT_DEBUG"):
            raise
        print(f"ormlint: error: the installation is not whole: {problem}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:  # what comes later is the command's own to say
        sys.exit(130)


def search_path(entries: list[str], home: str) -> list[str]:
    foreign = {os.getcwd(), *map(os.path.abspath, os.environ.get("PYTHONPATH", "").split(os.pathsep))}
    kept = [p for p in entries if p and p != home and (os.path.abspath(p) not in foreign or _is_installation(p))]
    library = os.path.dirname(os.__file__)
    own = [p for p in kept if p in (library, os.path.join(library, "lib-dynload")) or p.endswith(".zip")]
    return [*own, home, *(p for p in kept if p not in own)]


def _is_installation(folder: str) -> bool:
    """Whether packages were installed into a folder of PYTHONPATH (`pip install --target`): those may be ours."""
    try:
        return any(name.endswith(".dist-info") for name in os.listdir(folder))
    except OSError:
        return False


if __name__ == "__main__":
    main()
