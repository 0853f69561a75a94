"""What a verdict depends on is recorded wholly, whoever asked first: nothing that is remembered hides where it came from.

Each file is judged once by a project of its own, and once by a project that has judged all the others before. Both must
find the same, and the second must not know of fewer files that it depends on.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from linter.config import load
from linter.judging import Judge
from linter.record import Verdict
from linter.registry import Selection, active, checks, entries
from linter.run import Options, _Session

TESTDATA = Path(__file__).parent.parent / "testdata"
PROJECTS = [
    "incidents/django_site/before",
    "incidents/fastapi_service/before",
    *(
        case.relative_to(TESTDATA).as_posix()
        for rule in sorted(TESTDATA.iterdir())
        if rule.name != "incidents"
        for case in sorted(rule.iterdir())[:3]
    ),
]


def judge(session: _Session, selection: Selection) -> Judge:
    return Judge(
        session.project, checks(active(selection)), active(selection), session.options.config, session.outsiders
    )


@pytest.mark.parametrize("project", PROJECTS)
def test_dependencies_do_not_depend_on_the_order_of_questions(tmp_path: Path, project: str) -> None:
    root = tmp_path / "project"
    shutil.copytree(TESTDATA / project, root)
    selection = Selection(tuple(entries()))
    options = Options(root, load(root), selection, jobs=1, cache_dir=tmp_path / "cache")
    shared = _Session(options)
    together = judge(shared, selection)
    last: dict[str, Verdict] = {}
    for paths in (sorted(shared.now.entries), sorted(shared.now.entries, reverse=True)):
        together.grounds.of_verdicts.clear()
        last = {path: together.judge(path, shared.now.entries[path]) for path in paths}
    shared.save()
    for path, entry in shared.now.entries.items():
        alone = judge(_Session(options), selection)
        assert alone.judge(path, entry).findings == last[path].findings
        assert not alone.grounds.all_of(path) & ~together.grounds.all_of(path)
