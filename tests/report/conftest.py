"""Results made by hand: a report must show whatever a check can say."""

from collections.abc import Callable
from pathlib import Path

import pytest

from linter.finding import Edit, Finding, Fix, Place, Related
from linter.run import Result, Statistics
from linter.source import Source
from linter.span import Range

Make = Callable[..., Result]

ROOT = Path("/project")


@pytest.fixture
def make() -> Make:
    """`make(text, range, …)`: a result with one finding in `app/models.py`, whose other parts are keywords of Finding."""

    def make(text: str, *at: int, path: str = "app/models.py", **more: object) -> Result:
        parts = {
            "rule": "unused-suppression",
            "group": "suppressions",
            "severity": "error",
            "message": "`x` is y",
            **more,
        }
        finding = Finding(place=Place(path, Range(*at)), **parts)  # type: ignore[arg-type]
        return Result(ROOT, [finding], [], Statistics(1212, 439, 0.42), lambda path: Source(path, text))

    return make


@pytest.fixture
def full(make: Make) -> Result:
    """A finding with everything a finding can have."""
    place = Place("app/models.py", Range(1, 4, 1, 5))
    return make(
        "a = 1\nb = '日本', x\n",
        2, 10, 2, 11,
        runtime="OSError: 100 %, no: more",
        help="write `y`",
        related=(Related(Place("a b/ü.py", Range(7, 0, 7, 4)), "defined\nhere"),),
        fix=Fix(False, (Edit(place, "2"), Edit(Place("b.py", Range(1, 0, 1, 0)), "import y\n")), "use `y`"),
    )  # fmt: skip
