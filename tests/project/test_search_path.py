"""Folders that entry points put on the search path."""

import pytest


@pytest.mark.parametrize(
    "line",
    [
        "site.addsitedir(path('apps'))",
        "sys.path.insert(0, os.path.join(ROOT, 'apps'))",
        "sys.path.append(str(ROOT / 'apps'))",
    ],
)
def test_a_package_on_the_path_is_a_root(build, line):
    files = {
        "manage.py": f"import os, site, sys\nROOT = ''\n{line}",
        "apps/__init__.py": "",
        "apps/shop/__init__.py": "",
        "apps/shop/tasks.py": "",
    }
    modules = build(files).modules
    assert modules.find("shop.tasks") == "apps/shop/tasks.py"
    assert modules.find("apps.shop.tasks") == "apps/shop/tasks.py"


def test_nothing_else_is(build):
    files = {"manage.py": "items.append('apps')", "apps/__init__.py": "", "apps/tasks.py": ""}
    assert build(files).modules.find("tasks") is None
