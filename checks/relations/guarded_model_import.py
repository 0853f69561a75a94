from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.imports.guarded import GuardedImport


class GuardedModelImport(Check):
    """A model of the project is imported in a `try` that lets an `ImportError` pass without a word.

    The module is there, so the import only ever fails because something in it is wrong: a name it imports that is gone, a
    circle of imports, a requirement that was not installed. Then the guard hides the one message that says what. The model
    is not registered: Django makes no migration for it and sees its table as one to be deleted, Alembic's autogenerate
    writes `op.drop_table(…)`, and what is raised comes later and elsewhere:

    ```text
    AttributeError: 'NoneType' object has no attribute 'objects'
    ```

    ```text
    When initializing mapper Mapper[Order(orders)], expression 'Customer' failed to locate a name ('Customer').
    ```

    ## Bad

    ```python
    # file: shop/models/__init__.py
    from shop.models.order import Order

    try:
        from shop.models.customer import Customer
    except ImportError:
        Customer = None
    ```

    ```python
    # file: shop/models/base.py
    from sqlalchemy.orm import DeclarativeBase


    class Base(DeclarativeBase):
        pass
    ```

    ```python
    # file: shop/models/order.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import relationship

    from shop.models.base import Base


    class Order(Base):
        __tablename__ = "orders"

        id = Column(Integer, primary_key=True)
        customer_id = Column(ForeignKey("customers.id"), index=True)
        customer = relationship("Customer")
    ```

    ```python
    # file: shop/models/customer.py
    from sqlalchemy import Column, Integer

    from shop.models.base import Base


    class Customer(Base):
        __tablename__ = "customers"

        id = Column(Integer, primary_key=True)
    ```

    ## Good

    ```python
    # file: shop/models/__init__.py
    from shop.models.customer import Customer
    from shop.models.order import Order
    ```

    ```python
    # file: shop/models/base.py
    from sqlalchemy.orm import DeclarativeBase


    class Base(DeclarativeBase):
        pass
    ```

    ```python
    # file: shop/models/order.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import relationship

    from shop.models.base import Base


    class Order(Base):
        __tablename__ = "orders"

        id = Column(Integer, primary_key=True)
        customer_id = Column(ForeignKey("customers.id"), index=True)
        customer = relationship("Customer")
    ```

    ```python
    # file: shop/models/customer.py
    from sqlalchemy import Column, Integer

    from shop.models.base import Base


    class Customer(Base):
        __tablename__ = "customers"

        id = Column(Integer, primary_key=True)
    ```

    ## Silent when

    - the `except` does more than set a constant: it raises, logs, imports or defines something else;
    - the model comes from another top-level package than the module that imports it;
    - the model's module needs a library that no other module imports: it may be optional;
    - the import stands in a function (other than `AppConfig.ready()`), a migration or a test.

    ## Fix

    None: without the guard the project may not start, and what is wrong has to be mended first.
    """

    summary = "a model of the project imported in `try: … except ImportError: pass`"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for guarded in project.guarded_imports.in_file(path):
            yield self.report(project, path, guarded)

    def report(self, project: Project, path: str, guarded: GuardedImport) -> Finding:
        unit = project.unit(path)
        assert unit is not None
        model = guarded.model
        return self.finding(
            project.place(path, unit.span(guarded.node.at, guarded.function)),
            f"if `{model.unit.name}` fails to import, the model `{model.name}` is missing without a word",
            help="import it without the guard",
            related=[Related(project.class_place(model), f"`{model.name}` is defined here")],
        )
