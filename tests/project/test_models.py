"""The Django model index on small projects: what is known, what is left open, what names mean."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from linter.project import Project
from linter.project.models import Model, Models

Build = Callable[[dict[str, str]], Project]

SETTINGS = """
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "app"]
"""


@pytest.fixture
def models(build: Build) -> Callable[..., Models]:
    """The index of an app called `app` with these models, and perhaps other files."""

    def make(text: str, **others: str) -> Models:
        head = "from django.db import models\n"
        files = {"manage.py": "", "settings.py": SETTINGS, "app/__init__.py": "", "app/models.py": head + dedent(text)}
        files.update((path.replace("__", "/") + ".py", other) for path, other in others.items())
        return build(files).models

    return make


def model(index: Models, name: str) -> Model:
    found = index.by_label(f"app.{name}")
    assert found is not None
    return found


# --- the open world ---


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "from lib.models import Base\nclass A(Base):\n    x = models.IntegerField()",
            "`lib.models.Base` was not found",
        ),
        ("from lib import Thing\nclass A(models.Model):\n    x = Thing()", "`lib.Thing` was not found"),
        ("from lib import add\n@add\nclass A(models.Model):\n    pass", "`@lib.add` was not found"),
        ("from lib import Meta\nclass A(models.Model, metaclass=Meta):\n    pass", "metaclass of `A` was not found"),
        (
            "class A(models.Model):\n    if FLAG:\n        x = models.IntegerField()\n    else:\n"
            "        x = models.ForeignKey('A', models.CASCADE)",
            "`x` is declared under a condition",
        ),
        ("class A(models.Model):\n    for i in range(3):\n        pass", "a loop in the body of `A`"),
        ("class A(models.Model):\n    locals()['x'] = models.IntegerField()", "fills its own namespace"),
        ("class A(models.Model):\n    pass\nfor n in NAMES:\n    setattr(A, n, 1)", "puts names on it"),
        ("from lib import registry\nclass A(models.Model):\n    pass\nregistry.register(A)", "may put names on it"),
        ("from lib import make\nclass A(models.Model):\n    x = make()", "`lib.make` was not found"),
        ("def field():\n    return FIELDS['x']()\nclass A(models.Model):\n    x = field()", "what `field` returns"),
        (
            "class F(models.IntegerField):\n"
            "    def contribute_to_class(self, cls, name):\n"
            "        for n in self.names:\n            cls.add_to_class(n, models.IntegerField())\n"
            "class A(models.Model):\n    x = F()",
            "`F.contribute_to_class` adds names",
        ),
        (
            "if FLAG:\n    from lib import B\nelse:\n    class B(models.Model):\n        y = 1\n"
            "class A(B):\n    x = models.IntegerField()",
            "depends on a condition",
        ),
        (
            "class A(models.Model):\n    pass\n"
            "class B(models.Model):\n    a = models.ForeignKey(A, models.CASCADE, related_name=compute())",
            "the name of the relation from `B.a`",
        ),
        (
            "from lib import Key\nclass A(models.Model):\n    pass\nclass B(models.Model):\n    a = Key(A)",
            "`B.a` may point at it",
        ),
    ],
)
def test_what_escapes_reading_makes_a_model_open(models: Callable[..., Models], text: str, reason: str) -> None:
    found = model(models(text), "A")
    assert found.open
    assert reason in found.open_reason
    assert not found.lacks_lookup("nothing_of_this_name")


@pytest.mark.parametrize(
    "text",
    [
        "class A(models.Model):\n    x: int\n    y = property(lambda self: 1)\n    z = 'x'.upper()",
        "import logging\nclass A(models.Model):\n    log = logging.getLogger()",
        "from abc import ABC\nclass A(models.Model, ABC):\n    pass",
        "from typing import Generic, TypeVar\nT = TypeVar('T')\nclass A(models.Model, Generic[T]):\n    pass",
        "from functools import total_ordering\n@total_ordering\nclass A(models.Model):\n    pass",
        "from django.contrib import admin\nclass A(models.Model):\n    pass\nadmin.site.register(A)",
        "class A(models.Model):\n    pass\nA.name = 1\nsetattr(A, 'other', 2)",
        "try:\n    import lib\nexcept ImportError:\n    lib = None\nclass A(models.Model):\n    pass",
    ],
)
def test_what_adds_no_field_leaves_a_model_closed(models: Callable[..., Models], text: str) -> None:
    found = model(models(text), "A")
    assert found.open_reason == ""
    assert found.lacks_lookup("nothing_of_this_name")


def test_names_put_on_a_class_are_names_it_has(models: Callable[..., Models]) -> None:
    found = model(
        models(
            "class A(models.Model):\n    def work(self):\n        self.done = True\n",
            app__apps="""
                from django.apps import AppConfig

                class Config(AppConfig):
                    name = "app"

                    def ready(self):
                        from app.models import A
                        A.add_to_class("extra", models.IntegerField())
                        A.later = None
            """,
        ),
        "A",
    )
    assert not found.open
    assert {"done", "later", "work"} <= found.attributes()
    assert found.has_attribute("extra")
    assert found.lacks_attribute("nothing")


def test_getattr_opens_the_attributes_and_not_the_fields(models: Callable[..., Models]) -> None:
    found = model(models("class A(models.Model):\n    def __getattr__(self, name):\n        return 1"), "A")
    assert not found.lacks_attribute("anything")
    assert found.lacks_lookup("anything")


def test_an_app_that_was_not_read_may_point_at_the_user_and_at_nobody_else(build: Build) -> None:
    index = build(
        {
            "manage.py": "",
            "settings.py": "INSTALLED_APPS = ['django.contrib.auth', 'app', 'lib']\nAUTH_USER_MODEL = 'app.User'",
            "app/models.py": """
                from django.contrib.auth.models import AbstractUser
                from django.db import models

                class User(AbstractUser):
                    pass

                class Other(models.Model):
                    pass
            """,
        }
    ).models
    assert model(index, "User").open_reason == "`lib` is not known, and may point at it"
    assert not model(index, "Other").open


def test_what_stands_under_a_condition_is_possible(models: Callable[..., Models]) -> None:
    index = models(
        """
        if FLAG:
            from app.swapped import Own as Page
        else:
            class Page(models.Model):
                title = models.TextField()

        class Other(models.Model):
            pass

        class Home(Page):
            if FLAG:
                own_ptr = models.OneToOneField(Page, models.CASCADE, parent_link=True)
                others = models.ForeignKey(Other, models.CASCADE, related_name="homes")
            else:
                page_ptr = models.OneToOneField(Page, models.CASCADE, parent_link=True)
            if FLAG:
                body = models.TextField()

        class Child(Home):
            pass
        """,
        app__swapped="""
        from django.db import models

        class Own(models.Model):
            importance = models.IntegerField()

        class Note(models.Model):
            about = models.ForeignKey(Own, models.CASCADE)
        """,
    )
    home = model(index, "Home")
    assert not home.open
    assert list(home.fields) == ["id", "title", "page_ptr", "body"]
    for name in ("own_ptr", "own_ptr_id", "others", "importance", "note"):
        assert name not in home.lookup_names()
        for each in (home, model(index, "Child")):
            assert not each.lacks_lookup(name)
            assert not each.lacks_attribute(name)
    assert home.lacks_lookup("heading")
    assert model(index, "Child").lacks_lookup("heading")
    assert not model(index, "Other").lacks_lookup("homes")
    assert model(index, "Other").lacks_lookup("home")


def test_the_fallback_of_a_base_is_the_one_that_the_other_inherits(models: Callable[..., Models]) -> None:
    index = models(
        """
        class Plain(models.Model):
            title = models.TextField()

            class Meta:
                abstract = True

        if FLAG:
            class Full(Plain):
                body = models.TextField()

                class Meta:
                    abstract = True

            Base = Full
        else:
            Base = Plain

        class Entry(Base):
            pass
        """
    )
    assert not model(index, "Entry").open
    assert set(model(index, "Entry").fields) == {"id", "title", "body"}


@pytest.mark.parametrize(
    ("grown", "is_open"),
    [
        ("for plugin in entry_points():\n    INSTALLED_APPS.append(plugin.module)", False),
        ("import os\nINSTALLED_APPS += os.environ['PLUGINS'].split(',')", False),
        ("from tools import more\nINSTALLED_APPS += more()", True),
    ],
)
def test_apps_from_outside_the_source_are_nothing_that_the_source_can_name(
    models: Callable[..., Models], grown: str, is_open: bool
) -> None:
    index = models(
        "class A(models.Model):\n    pass", settings=SETTINGS + grown, tools="def more():\n    return find()"
    )
    assert not index.apps.are_all_named
    assert index.user is not None
    assert index.user.open == is_open


def test_a_library_s_register_function_is_read(models: Callable[..., Models]) -> None:
    index = models(
        "class A(models.Model):\n    pass\nclass B(models.Model):\n    pass\nclass C(models.Model):\n    pass",
        app__apps="""
            import reversion
            from actstream import registry
            from auditlog.registry import auditlog
            from django.apps import AppConfig

            class Config(AppConfig):
                name = "app"

                def ready(self):
                    from app.models import B
                    reversion.register(self.get_model("A"))
                    auditlog.register(self.get_model("A"))
                    registry.register(B, self.get_model("C"))
        """,
    )
    assert not model(index, "A").open
    assert list(model(index, "A").fields) == ["id"]
    for name in "BC":
        assert not model(index, name).open
        assert set(model(index, name).fields) == {"id", "actor_actions", "target_actions", "action_object_actions"}


def test_a_class_comes_back_from_a_function(models: Callable[..., Models]) -> None:
    found = model(
        models(
            """
            def checked(cls):
                assert cls
                return cls

            def add(cls):
                target = checked(cls)

                def put(other, name):
                    other.add_to_class(name, models.IntegerField())

                for name in ("x", "y"):
                    put(target, f"{name}_count")
                return cls

            @add
            class A(models.Model):
                pass
            """
        ),
        "A",
    )
    assert not found.open
    assert set(found.fields) == {"id", "x_count", "y_count"}


def test_a_metaclass_that_makes_properties_leaves_the_fields_known(models: Callable[..., Models]) -> None:
    found = model(
        models(
            """
            class Wrapping(models.base.ModelBase):
                def __new__(mcs, name, bases, attrs):
                    for field in list(attrs):
                        if field.startswith("db_"):
                            attrs[field[3:]] = property(lambda self: getattr(self, field))
                    return super().__new__(mcs, name, bases, attrs)

            class A(models.Model, metaclass=Wrapping):
                db_key = models.TextField()
            """
        ),
        "A",
    )
    assert found.lacks_lookup("key")
    assert not found.lacks_lookup("db_key")
    assert not found.lacks_attribute("key")


def test_a_base_that_a_setting_names(models: Callable[..., Models]) -> None:
    found = model(
        models(
            """
            from django.conf import settings
            from django.utils.module_loading import import_string
            from app.tools import import_from_setting

            Base = import_from_setting("APP_BASE", models.Model)

            class A(Base):
                pass

            class B(import_string(settings.APP_BASE)):
                pass
            """,
            settings=SETTINGS + 'APP_BASE = "app.bases.Timed"',
            app__tools="""
            from django.utils.module_loading import import_string

            def import_from_setting(name, default):
                return import_string(name)
            """,
            app__bases="""
            from django.db import models

            class Timed(models.Model):
                made = models.DateTimeField()

                class Meta:
                    abstract = True
            """,
        ),
        "A",
    )
    assert not found.open
    assert list(found.fields) == ["id", "made"]
    assert list(model(found.index, "B").fields) == ["id", "made"]


def test_a_relation_to_who_knows_whom_may_point_at_every_model(models: Callable[..., Models]) -> None:
    index = models(
        """
        from lib import find
        from django.contrib.contenttypes.fields import GenericForeignKey

        class A(models.Model):
            pass

        class B(models.Model):
            what = models.ForeignKey(find(), models.CASCADE, related_name="whats")

        class C(models.Model):
            kind = models.ForeignKey("contenttypes.ContentType", models.CASCADE, related_name="+")
            key = models.IntegerField()
            thing = GenericForeignKey("kind", "key")
        """
    )
    assert not model(index, "A").open
    assert not model(index, "A").lacks_lookup("whats")
    assert model(index, "A").lacks_lookup("whatever")
    assert model(index, "A").lacks_lookup("c")


def test_the_first_setting_that_is_given_names_the_model(models: Callable[..., Models]) -> None:
    index = models(
        """
        from django.conf import settings

        OWNER = getattr(settings, name("OWNER"), None) or getattr(settings, "AUTH_USER_MODEL", None) or "auth.User"

        class B(models.Model):
            owner = models.ForeignKey(OWNER, models.CASCADE)
        """
    )
    assert model(index, "B").fields["owner"].related is index.user


def test_relations_from_tests_are_possible_and_not_certain(models: Callable[..., Models]) -> None:
    index = models(
        "class A(models.Model):\n    pass",
        app__tests__models="""
            from django.db import models

            class ForTests(models.Model):
                a = models.ForeignKey("app.A", models.CASCADE)
        """,
    )
    found = model(index, "A")
    assert found.reverse == []
    assert found.possible_names == {"fortests", "fortests_set"}
    assert not found.lacks_lookup("fortests")


@pytest.mark.parametrize(
    "text",
    [
        "class A(B, models.Model):\n    pass\nclass B(A):\n    x = models.IntegerField()",
        "class B(A):\n    x = models.IntegerField()\nclass A(B, models.Model):\n    pass",
        "class A(A):\n    x = models.IntegerField()",
        "class A(models.Model):\n    class Meta(A.Meta):\n        pass",
        "class A(models.Model):\n    x = models.ForeignKey(\n",
        "class A(models.Model:\n    x = models.IntegerField()",
        "class A(models.Model):\n    x = x\n    y = y()\n    z = lambda: z",
        "class A(models.Model):\n    x = models.ForeignKey(B.x.y, related_name=1)\n    pk = None\n    id = None",
        "def f():\n    return f()\nclass A(models.Model):\n    x = f()\n    m = M.from_queryset(Q)()",
        "M = M.from_queryset(M)\nclass A(models.Model):\n    m = M()",
        "@A\nclass A(models.Model, metaclass=A):\n    pass",
    ],
)
def test_half_typed_and_circular_code_is_read_all_the_same(models: Callable[..., Models], text: str) -> None:
    for found in models(text):
        assert isinstance(found.open, bool)
        assert isinstance(found.lookup_names() | found.attributes() | set(found.managers), frozenset)
        assert isinstance(found.db_table, str | None)


# --- fields ---


def test_a_composite_key_is_the_field_called_pk(build: Build) -> None:
    index = build(
        {
            "requirements.txt": "django==5.2.1",
            "app/models.py": """
                from django.db import models

                class A(models.Model):
                    pk = models.CompositePrimaryKey("one", "two")
                    one = models.IntegerField()
                    two = models.IntegerField()
            """,
        }
    ).models
    found = model(index, "A")
    assert (found.pk, list(found.fields), found.fields["pk"].column) == ("pk", ["pk", "one", "two"], None)


@pytest.mark.parametrize(
    ("pin", "known"), [("django==5.2.1", "AutoField"), ("django==6.0", "BigAutoField"), ("django>=5", None)]
)
def test_the_automatic_key_is_the_pinned_version_s(build: Build, pin: str, known: str | None) -> None:
    text = "from django.db import models\n\nclass A(models.Model):\n    pass"
    key = model(build({"requirements.txt": pin, "app/models.py": text}).models, "A").fields["id"]
    assert (key.type if key.is_type_sure else None) == known


def test_what_runs_showed_is_there_though_no_class_says_so(models: Callable[..., Models]) -> None:
    index = models(
        """
from djmoney.models.fields import MoneyField
from mptt.models import MPTTModel, TreeForeignKey


class A(MPTTModel):
    parent = TreeForeignKey("self", models.CASCADE, null=True)
    price = MoneyField(max_digits=5, decimal_places=2)


class B(MPTTModel):
    class MPTTMeta:
        left_attr = "l"
"""
    )
    found = model(index, "A")
    assert found.open_reason == ""
    assert {"lft", "rght", "tree_id", "level", "price_currency"} <= found.lookup_names()
    assert "names the fields of `mptt.models.MPTTModel` itself" in model(index, "B").open_reason


def test_an_option_is_found_whoever_gives_it(models: Callable[..., Models]) -> None:
    index = models(
        """
class Code(models.CharField):
    def __init__(self, *args, size=4, **kwargs):
        super().__init__(*args, max_length=size, unique=True, **kwargs)


class A(models.Model):
    code = Code("the code", size=9)
    unsaid = models.CharField(**OPTIONS)
"""
    )
    fields = model(index, "A").fields
    assert fields["code"].unique is True
    option = fields["code"].option("max_length")
    assert getattr(getattr(option, "expr", None), "value", None) == 9
    assert (fields["unsaid"].null, fields["unsaid"].unique, fields["unsaid"].choices) == (None, None, None)


def test_a_field_has_the_place_of_its_declaration(models: Callable[..., Models]) -> None:
    index = models(
        "class Base(models.Model):\n    x = models.IntegerField()\n    class Meta:\n        abstract = True\nclass A(Base):\n    pass"
    )
    found = model(index, "A")
    assert (found.fields["x"].place.range.line, found.fields["id"].place.range.line) == (3, 6)


# --- labels and references ---


def test_the_label_is_the_configuration_s_and_of_the_longest_package(build: Build) -> None:
    text = "from django.db import models\n\nclass A(models.Model):\n    pass"
    index = build(
        {
            "manage.py": "",
            "settings.py": "INSTALLED_APPS = ['outer', 'outer.inner', 'deep.down', 'two']",
            "outer/__init__.py": "",
            "outer/models.py": text,
            "outer/inner/__init__.py": "",
            "outer/inner/models/a.py": text,
            "outer/inner/apps.py": """
                from django.apps import AppConfig

                class Config(AppConfig):
                    name = "outer.inner"
                    label = "renamed"
            """,
            "deep/down/models.py": text,
            "two/__init__.py": "",
            "two/models.py": text,
            "two/apps.py": """
                from django.apps import AppConfig

                class One(AppConfig):
                    name = "two"

                class Two(AppConfig):
                    name, label, default = "two", "no", False
                    label = "second"
                    default = True
            """,
            "aside/__init__.py": "",
            "aside/models.py": text,
        }
    ).models
    labels = {m.symbol.unit.path: (m.label, m.registered) for m in index}
    assert labels == {
        "aside/models.py": ("aside.A", False),
        "deep/down/models.py": ("down.A", True),
        "outer/inner/models/a.py": ("renamed.A", True),
        "outer/models.py": ("outer.A", True),
        "two/models.py": ("second.A", True),
    }
    assert index.label_of_app("outer/inner/views.py") == "renamed"


def test_one_label_in_two_projects_means_the_nearer(build: Build) -> None:
    text = "from django.db import models\n\nclass A(models.Model):\n    {} = models.IntegerField()"
    index = build(
        {
            "one/manage.py": "",
            "one/core/__init__.py": "",
            "one/core/models.py": text.format("x"),
            "two/manage.py": "",
            "two/core/__init__.py": "",
            "two/core/models.py": text.format("y"),
        }
    ).models
    assert [sorted(m.fields) for m in index] == [["id", "x"], ["id", "y"]]
    near = index.by_label("core.A", "two/core/views.py")
    assert near is not None
    assert "y" in near.fields


@pytest.mark.parametrize("written", ["A", "app.A", "app.a", "self", "settings.AUTH_USER_MODEL"])
def test_references(models: Callable[..., Models], written: str) -> None:
    index = models("class A(models.Model):\n    pass")
    owner = model(index, "A")
    if written.startswith("settings."):
        from linter.extract.python import expression

        assert index.reference(owner, expression(written)) is None  # `settings` is not imported in that module
    else:
        assert index.reference(owner, written) is owner
    assert index.reference(owner, "App.A") is None


def test_the_user_is_the_swapped_one(build: Build) -> None:
    files = {
        "manage.py": "",
        "settings.py": "INSTALLED_APPS = ['django.contrib.auth', 'app']\nAUTH_USER_MODEL = 'app.User'",
        "app/models.py": """
            from django.conf import settings
            from django.contrib.auth import get_user_model
            from django.contrib.auth.models import AbstractUser, User as Swapped
            from django.db import models

            class User(AbstractUser):
                pass

            class Note(models.Model):
                by_setting = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notes")
                by_call = models.ForeignKey(get_user_model(), models.CASCADE, related_name="+")
        """,
    }
    index = build(files).models
    assert index.user is model(index, "User")
    assert {f.related for f in model(index, "Note").fields.values() if f.is_relation} == {index.user}
    assert list(index.user.accessors) == ["notes"]
    swapped = index.by_label("auth.User")
    assert swapped is not None
    assert swapped.swapped


def test_a_base_may_come_out_of_a_registry(models: Callable[..., Models]) -> None:
    index = models(
        "class A(models.Model):\n    x = models.IntegerField()",
        app__later="""
            from app.loading import get_model

            A = get_model("app", "A")

            class B(A):
                class Meta:
                    proxy = True
        """,
        app__loading="""
            from django.apps import apps

            def get_model(app_label, name):
                return apps.get_model(app_label, name)
        """,
    )
    assert sorted(model(index, "B").fields) == ["id", "x"]


# --- managers ---


def test_managers_and_the_querysets_behind_them(models: Callable[..., Models]) -> None:
    index = models(
        """
class Rows(models.QuerySet):
    def recent(self):
        return self.order_by("-id")


class Counting(models.Manager):
    def get_queryset(self):
        return super().get_queryset().annotate(n=models.Count("pk"))


class Active(models.Manager):
    def get_queryset(self):
        return Rows(self.model, using=self._db).filter(active=True)


class A(models.Model):
    active = Active()
    counting = Counting()
    rows = Rows.as_manager()
    both = Active.from_queryset(Rows)()

    class Meta:
        default_manager_name = "rows"


class B(models.Model):
    pass
"""
    )
    found = model(index, "A").managers
    assert {name: manager.changes_rows for name, manager in found.items()} == {
        "active": False,
        "counting": True,
        "rows": False,
        "both": False,
    }
    for name in ("active", "rows", "both"):
        assert "Rows" in [cls.name for cls in found[name].queryset_classes]  # type: ignore[union-attr]
    assert model(index, "A").default_manager is found["rows"]
    assert list(model(index, "B").managers) == ["objects"]


# --- versions ---


@pytest.mark.parametrize(
    ("pin", "sure"),
    [
        ("django-taggit==6.1.0", True),
        ("django-taggit>=6", True),
        ("django-taggit>=5", False),
        ("django-taggit<5", False),
        ("", False),
    ],
)
def test_methods_of_a_release_that_may_not_be_used_prove_nothing(build: Build, pin: str, sure: bool) -> None:
    index = build(
        {
            "requirements.txt": pin,
            "app/models.py": """
                from taggit.models import TagBase

                class Label(TagBase):
                    pass
            """,
        }
    ).models
    found = model(index, "Label")
    assert found.has_attribute("slugify")
    assert found.lacks_attribute("no_method_of_this_name") is sure
    assert found.lacks_lookup("no_field_of_this_name")


def test_a_name_that_is_translated_and_a_base_that_is_made_with_a_metaclass(models: Callable[..., Models]) -> None:
    found = models(
        """
        from six import with_metaclass
        from django.db import models
        from django.utils.translation import gettext_lazy as _

        class Meta(models.base.ModelBase):
            pass

        class Base(with_metaclass(Meta, models.Model)):
            class Meta:
                abstract = True

        class Device(Base):
            name = models.CharField(max_length=3)

        class Bay(Base):
            device = models.OneToOneField(Device, models.CASCADE, related_name=_("parent_bay"))
        """
    )
    device = model(found, "Device")
    assert not device.open
    assert "parent_bay" in device.lookup_names()


@pytest.mark.parametrize(
    ("app", "requirement", "reason"),
    [
        ("allauth.socialaccount.providers.github", "", ""),  # its package is known, and it has no models
        ("unheard_of", "unheard-of==1.0", ""),
        ("djunheard", "django-unheard==1.0", ""),
        ("unheard_of", "other==1.0", "`unheard_of` is not known, and may point at it"),
        ("unheard_of", "", ""),  # nothing says what is required
    ],
)
def test_an_app_that_nobody_brings_may_point_at_any_model(
    build: Build, app: str, requirement: str, reason: str
) -> None:
    files = {
        "settings.py": f'INSTALLED_APPS = ["app", "{app}"]\n',
        "requirements.txt": f"{requirement}\n",
        "app/__init__.py": "",
        "app/models.py": "from django.db import models\n\n\nclass A(models.Model):\n    pass\n",
    }
    assert model(build(files).models, "A").open_reason == reason


def test_the_project_puts_names_on_a_model_of_a_library(models: Callable[..., Models]) -> None:
    found = models(
        """
        from django.contrib.auth.models import User

        def avatar(user):
            return ""

        User.add_to_class("avatar", avatar)
        User.add_to_class("points", models.IntegerField(default=0))
        """
    )
    user = found.by_label("auth.User")
    assert user is not None
    assert not user.open
    assert not user.lacks_attribute("avatar")
    assert "points" in user.lookup_names()
    assert user.lacks_lookup("avatar")
    assert user.lacks_attribute("nothing")
