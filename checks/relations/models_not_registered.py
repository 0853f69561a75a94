from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.migrations.registration import Unseen


class ModelsNotRegistered(Check):
    """Alembic's `env.py` does not lead to the module of a mapped class, so its table is missing from what is compared.

    A class is in its `MetaData` once its module was imported, and only then. `env.py` imports some modules, and these
    import others; of a class that none of them leads to, Alembic knows nothing. Its table is in the database and not in the
    metadata, which to autogenerate is a table that was removed. It logs

    ```text
    Detected removed table 'attachments'
    ```

    and writes `op.drop_table('attachments')` into the next migration. The application itself may well work: there some
    router imports the module.

    ## Bad

    ```python
    # file: alembic/env.py
    from alembic import context

    import app.models
    from app.database import Base

    target_metadata = Base.metadata
    context.configure(url="sqlite://", target_metadata=target_metadata)
    ```

    ```python
    # file: alembic/versions/0001_attachments.py
    import sqlalchemy as sa
    from alembic import op

    revision = "0001"
    down_revision = None


    def upgrade():
        op.create_table("messages", sa.Column("id", sa.Integer, primary_key=True))
        op.create_table("attachments", sa.Column("id", sa.Integer, primary_key=True))
    ```

    ```python
    # file: app/database.py
    from sqlalchemy.orm import DeclarativeBase


    class Base(DeclarativeBase):
        pass
    ```

    ```python
    # file: app/models/__init__.py
    from app.models.message import Message
    ```

    ```python
    # file: app/models/message.py
    from sqlalchemy.orm import Mapped, mapped_column

    from app.database import Base


    class Message(Base):
        __tablename__ = "messages"

        id: Mapped[int] = mapped_column(primary_key=True)
    ```

    ```python
    # file: app/models/attachment.py
    from sqlalchemy.orm import Mapped, mapped_column

    from app.database import Base


    class Attachment(Base):
        __tablename__ = "attachments"

        id: Mapped[int] = mapped_column(primary_key=True)
    ```

    ## Good

    ```python
    # file: alembic/env.py
    from alembic import context

    import app.models
    from app.database import Base

    target_metadata = Base.metadata
    context.configure(url="sqlite://", target_metadata=target_metadata)
    ```

    ```python
    # file: alembic/versions/0001_attachments.py
    import sqlalchemy as sa
    from alembic import op

    revision = "0001"
    down_revision = None


    def upgrade():
        op.create_table("messages", sa.Column("id", sa.Integer, primary_key=True))
        op.create_table("attachments", sa.Column("id", sa.Integer, primary_key=True))
    ```

    ```python
    # file: app/database.py
    from sqlalchemy.orm import DeclarativeBase


    class Base(DeclarativeBase):
        pass
    ```

    ```python
    # file: app/models/__init__.py
    from app.models.attachment import Attachment
    from app.models.message import Message
    ```

    ```python
    # file: app/models/message.py
    from sqlalchemy.orm import Mapped, mapped_column

    from app.database import Base


    class Message(Base):
        __tablename__ = "messages"

        id: Mapped[int] = mapped_column(primary_key=True)
    ```

    ```python
    # file: app/models/attachment.py
    from sqlalchemy.orm import Mapped, mapped_column

    from app.database import Base


    class Attachment(Base):
        __tablename__ = "attachments"

        id: Mapped[int] = mapped_column(primary_key=True)
    ```

    ## Silent when

    - something that is imported on the way loads modules whose names are not written down (`import_module`,
      `pkgutil.iter_modules`, entry points), or takes the metadata from Flask's `current_app`;
    - a function on the way imports the module, whether it is called or not;
    - `env.py` chooses what is compared (`include_object`, `include_name`);
    - no migration beside `env.py` names the table, or none of the classes in its `MetaData` is imported: it belongs to
      another database.

    ## Fix

    None: where the module is to be imported is not the tool's to decide. Say why at that line (`# noqa: F401`): a linter
    that removes unused imports brings the mistake back.
    """

    summary = "a mapped class that Alembic's `env.py` does not lead to: autogenerate drops its table"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for unseen in project.registration.unseen(path):
                yield self.report(project, unseen)

    def report(self, project: Project, unseen: Unseen) -> Finding:
        symbol = unseen.mapper.symbol
        target = unseen.package or unseen.environment
        return self.finding(
            project.class_place(symbol),
            f"nothing that `{unseen.environment.path}` imports leads to `{symbol.name}`: its table is not in the metadata",
            runtime=f"Detected removed table '{unseen.table.name}'",
            help=f"import it in `{target.path}`",
            related=[
                Related(project.first_line(unseen.environment.path), "Alembic starts here"),
                Related(project.first_line(unseen.revision.path), f"this migration names `{unseen.table.name}`"),
            ],
        )
