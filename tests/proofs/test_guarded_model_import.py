"""What guarded-model-import says is what SQLAlchemy and Django do."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django
from tests.proofs.sqlalchemy_runner import MAPPERS, said

RULE = registry.load("guarded-model-import")
BROKEN = "from shop.models.base import Gone\n"
INVOICES = """
from django.db import models

from app.gone import Money


class Invoice(models.Model):
    total = models.IntegerField()
"""
GUARDED = """
try:
    from app.invoices import Invoice
except ImportError:
    Invoice = None
"""
ASK = """
from django.apps import apps
from app.models import Invoice

print(list(apps.get_app_config("app").get_models()))
Invoice.objects.count()
"""


def test_the_mapper_that_names_the_class_fails_instead(tmp_path):
    files = example(RULE, "Bad")
    assert said(tmp_path / "well", files, MAPPERS) == set()
    files["shop/models/customer.py"] = BROKEN
    # Nothing but the package is imported, as an application does.
    del files["shop/models/order.py"]
    files["shop/models/__init__.py"] = example(RULE, "Bad")["shop/models/order.py"] + files[
        "shop/models/__init__.py"
    ].replace("from shop.models.order import Order\n", "")
    broken = files.pop("shop/models/customer.py")
    (tmp_path / "broken" / "shop" / "models").mkdir(parents=True)
    (tmp_path / "broken" / "shop" / "models" / "customer.py").write_text(broken, encoding="utf-8")
    (error,) = said(tmp_path / "broken", files, MAPPERS)
    assert (
        "When initializing mapper Mapper[Order(orders)], expression 'Customer' failed to locate a name ('Customer')."
        in error
    )
    assert error.split(": ", 1)[1].partition(" If this")[0] in " ".join(RULE.documentation().split())


def test_django_sees_no_model_and_none_has_no_objects(tmp_path):
    done = run_django(tmp_path, {"app/models.py": GUARDED, "app/invoices.py": INVOICES}, ASK, tables=False)
    assert done.printed == "[]\n"
    assert done.raised == "AttributeError: 'NoneType' object has no attribute 'objects'"
    assert done.raised in RULE.documentation()
