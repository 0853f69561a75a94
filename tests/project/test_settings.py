"""Settings read without running them."""

from __future__ import annotations

from linter.examples import options, written
from linter.project.constants import CallValue, DictValue, ListValue, Number, PathValue, Text, Values
from linter.project.settings.values import Settings
from linter.run import index


def plain(values: Values) -> list[object]:
    """Alternatives as ordinary data; `...` for what is not known."""
    return [_plain(value) for value in values]


def _plain(value: object) -> object:
    if isinstance(value, Text):
        return value.value if value.complete else f"{value.value}…"
    if isinstance(value, Number):
        return value.value
    if isinstance(value, PathValue):
        return f"<{value.path}>"
    if isinstance(value, ListValue):
        items = [_one(item) for item in value.items]
        return [*items, ...] if value.is_open else items
    if isinstance(value, DictValue):
        return {key: _one(item) for key, item in value.items}
    return f"{value.name}()" if isinstance(value, CallValue) else ...


def _one(values: Values) -> object:
    found = plain(values)
    return found[0] if len(found) == 1 else tuple(found)


def read(files: dict[str, str], *names: str) -> tuple[Settings, dict[str, list[object]]]:
    with written(files) as root:
        settings = index(options(root)).settings
        module = settings.modules[0]
        return settings, {name: plain(module.get(name)) for name in names}


def values_of(text: str, *names: str) -> dict[str, list[object]]:
    return read({"manage.py": "", "site/settings.py": "MIDDLEWARE = []\n" + text}, *names)[1]


def test_lists_grow() -> None:
    found = values_of(
        """
BASE = ("a",)
INSTALLED_APPS = [*BASE, "b"] + ["c"]
INSTALLED_APPS += ["d"]
INSTALLED_APPS.append("e")
INSTALLED_APPS.extend(("f", "g"))
INSTALLED_APPS.insert(0, "first")
for app in ["h"]:
    INSTALLED_APPS.append(app)
KEPT = [app for app in INSTALLED_APPS[:0] or INSTALLED_APPS if app != "a"]
""",
        "INSTALLED_APPS",
    )
    assert found["INSTALLED_APPS"] == [["first", "a", "b", "c", "d", "e", "f", "g", "h"]]


def test_every_branch_counts() -> None:
    found = values_of(
        """
import os, sys
DEBUG = True
INSTALLED_APPS = ["a"]
if DEBUG:
    INSTALLED_APPS += ["debug"]
ENGINE = "one" if DEBUG else "two"
if "test" in sys.argv:
    CACHE = "dummy"
elif DEBUG:
    CACHE = "local"
else:
    CACHE = "redis"
try:
    import extra
    INSTALLED_APPS.append("extra")
except ImportError:
    pass
""",
        "INSTALLED_APPS", "ENGINE", "CACHE",
    )  # fmt: skip
    assert ["a", "debug", "extra"] in found["INSTALLED_APPS"]
    assert ["a"] in found["INSTALLED_APPS"]
    assert found["ENGINE"] == ["one", "two"]
    assert found["CACHE"] == ["dummy", "local", "redis"]


def test_what_is_not_known_stays_unknown() -> None:
    found = values_of(
        """
import os
from somewhere import APPS
INSTALLED_APPS = ["a", *APPS]
A = os.environ["A"]
B = os.environ.get("B", "default")
C = compute()
D = f"{A}/x"
E = f"postgresql://{A}@db"
F = "mysql://%s" % A
""",
        "INSTALLED_APPS", "A", "B", "C", "D", "E", "F",
    )  # fmt: skip
    assert found["INSTALLED_APPS"] == [["a", ...]]
    assert found["A"] == [...]
    assert found["B"] == ["default", "os.environ.get()"]
    assert found["C"] == ["compute()"]
    assert found["D"] == ["…"]
    assert found["E"] == ["postgresql://…"]
    assert found["F"] == ["mysql://…"]


def test_environment_readers() -> None:
    found = values_of(
        """
import environ
from decouple import config
env = environ.Env()
A = env("A", default="a")
B = env.str("B", "b")
C = config("C", default="c", cast=str)
D = env.db("D", default="sqlite:///d")
""",
        "A", "B", "C", "D",
    )  # fmt: skip
    assert [values[0] for values in found.values()] == ["a", "b", "c", "sqlite:///d"]


def test_dicts_are_changed_in_place() -> None:
    found = values_of(
        """
DATABASES = {"default": dict(ENGINE="a", NAME="n"), **{"more": {}}}
DATABASES["default"]["ENGINE"] = "b"
DATABASES["default"].update(HOST="h")
DATABASES["default"].setdefault("NAME", "other")
DATABASES["default"].setdefault("PORT", 5)
TEMPLATES = [{"OPTIONS": {"processors": ["p"]}}]
TEMPLATES[0]["OPTIONS"]["processors"] += ["q"]
DATABASES |= {"last": {}}
""",
        "DATABASES", "TEMPLATES",
    )  # fmt: skip
    assert found["DATABASES"] == [
        {"default": {"ENGINE": "b", "NAME": "n", "HOST": "h", "PORT": 5}, "more": {}, "last": {}}
    ]
    assert found["TEMPLATES"] == [[{"OPTIONS": {"processors": ["p", "q"]}}]]


def test_paths() -> None:
    found = values_of(
        """
import os
from os.path import dirname, join
from pathlib import Path
BASE = Path(__file__).resolve().parent.parent
OLD = dirname(dirname(os.path.abspath(__file__)))
A = BASE / "templates" / "html"
B = os.path.join(OLD, "templates", "..", "static")
C = str(BASE.joinpath("media"))
D = Path(__file__).parents[1] / "x"
E = BASE.parent / "outside"
location = lambda *parts: join(OLD, *parts)
F = location("a", "b")
def root(name):
    return join(OLD, name)
G = root("c")
""",
        "A", "B", "C", "D", "E", "F", "G",
    )  # fmt: skip
    assert list(found.values()) == [
        ["<templates/html>"], ["<static>"], ["<media>"], ["<x>"], [...], ["<a/b>"], ["<c>"],
    ]  # fmt: skip


def test_modules_that_build_on_others() -> None:
    files = {
        "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings.local")\n',
        "site/__init__.py": "",
        "site/settings/__init__.py": "",
        "site/settings/base.py": 'INSTALLED_APPS = ["a"]\n_PRIVATE = 1\nAUTH_USER_MODEL = "a.User"\n',
        "site/settings/local.py": 'from .base import *\nfrom . import extra\nINSTALLED_APPS += extra.MORE + ["b"]\n',
        "site/settings/extra.py": 'MORE = ["c"]\n',
        "site/settings/test.py": "from .local import *\nDEBUG = False\n",
        "site/models.py": "DEBUG = True\n",
    }
    settings, found = read(files, "INSTALLED_APPS", "_PRIVATE")
    assert settings.named == ("site.settings.local",)
    assert [module.path for module in settings.modules] == [
        "site/settings/local.py", "site/settings/base.py", "site/settings/test.py",
    ]  # fmt: skip
    assert found == {"INSTALLED_APPS": [["a", "c", "b"]], "_PRIVATE": []}
    assert settings.texts("AUTH_USER_MODEL") == ("a.User",)
    assert settings.texts("INSTALLED_APPS") == ("a", "c", "b")


def test_a_circle_of_imports_ends() -> None:
    files = {
        "one.py": 'from two import *\nINSTALLED_APPS = ["a"]\n',
        "two.py": 'from one import *\nDATABASES = {"default": {}}\n',
    }
    assert [module.path for module in read(files)[0].modules] == ["one.py", "two.py"]


def test_configuration_classes_and_configure_calls() -> None:
    files = {
        "site/settings.py": """
from configurations import Configuration
class Base(Configuration):
    INSTALLED_APPS = ["a"]
    DATABASES = {"default": {"ENGINE": "x"}}
class Test(Base):
    INSTALLED_APPS = Base.INSTALLED_APPS + ["t"]
    DATABASES = {"default": {"ENGINE": "y"}}
""",
        "runtests.py": """
from django.conf import settings
OPTIONS = {"DATABASES": {"default": {"ENGINE": "z"}}}
settings.configure(DEBUG=True, **OPTIONS)
""",
    }
    settings, _ = read(files)
    engines = [plain(module.get("DATABASES"))[0] for module in settings.modules]
    assert engines == [{"default": {"ENGINE": "z"}}, {"default": {"ENGINE": "x"}}, {"default": {"ENGINE": "y"}}]
    assert settings.texts("INSTALLED_APPS") == ("a", "t")


def test_whether_a_list_is_known_to_the_end() -> None:
    with written({"settings.py": "import x\nINSTALLED_APPS = ['a']\nMIDDLEWARE = ['b', x.y]\n"}) as root:
        module = index(options(root)).settings.modules[0]
    assert module.knows_all("INSTALLED_APPS")
    assert not module.knows_all("MIDDLEWARE")
    assert not module.knows_all("DATABASES")


def test_properties_of_a_class_are_settings_too() -> None:
    text = """
from core import Settings
class Base(Settings):
    ROOT_URLCONF = "urls"
    EXTRA = ["c"]
    @property
    def INSTALLED_APPS(self):
        apps = ["a"]
        if something:
            apps.append("b")
        return apps + self.EXTRA
class Test(Base):
    @property
    def INSTALLED_APPS(self):
        return super().INSTALLED_APPS + ["t"]
class Other:
    MIDDLEWARE = []
"""
    modules = read({"site/settings.py": text})[0].modules
    assert [module.texts("INSTALLED_APPS") for module in modules] == [("a", "b", "c"), ("a", "b", "c", "t")]
    assert all(module.knows_all("INSTALLED_APPS") for module in modules)
