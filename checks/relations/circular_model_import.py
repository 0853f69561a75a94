from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.imports.order import Failure
from linter.project.units import Unit


class CircularModelImport(Check):
    """Modules of models import each other, and one asks for a name that the other has not bound yet.

    A module is run from top to bottom. When its imports lead back to it, what stands further below is not there yet, and
    whichever module is imported first, one of them fails:

    ```text
    ImportError: cannot import name 'Message' from partially initialized module 'app.models.message' (most likely due to a circular import)
    ```

    The same is said, as a warning, where it only works because another module imports them in the right order, in a
    `try: … except ImportError: pass`. Once that order changes, the `ImportError` is not seen, and what is seen is no help:

    ```text
    sqlalchemy.exc.InvalidRequestError: Table 'customers' is already defined for this MetaData instance.
    ```

    ## Bad

    ```python
    # file: app/models/message.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import relationship

    from app.database import Base
    from app.models.conversation import Conversation


    class Message(Base):
        __tablename__ = "messages"

        id = Column(Integer, primary_key=True)
        conversation_id = Column(ForeignKey("conversations.id"), index=True)
        conversation = relationship(Conversation, back_populates="messages")
    ```

    ```python
    # file: app/models/conversation.py
    from sqlalchemy import Column, Integer
    from sqlalchemy.orm import relationship

    from app.database import Base
    from app.models.message import Message


    class Conversation(Base):
        __tablename__ = "conversations"

        id = Column(Integer, primary_key=True)
        messages = relationship(Message, back_populates="conversation")
    ```

    ```python
    # file: app/database.py
    from sqlalchemy.orm import DeclarativeBase


    class Base(DeclarativeBase):
        pass
    ```

    ## Good

    ```python
    # file: app/models/message.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import relationship

    from app.database import Base


    class Message(Base):
        __tablename__ = "messages"

        id = Column(Integer, primary_key=True)
        conversation_id = Column(ForeignKey("conversations.id"), index=True)
        conversation = relationship("Conversation", back_populates="messages")
    ```

    ```python
    # file: app/models/conversation.py
    from sqlalchemy import Column, Integer
    from sqlalchemy.orm import relationship

    from app.database import Base


    class Conversation(Base):
        __tablename__ = "conversations"

        id = Column(Integer, primary_key=True)
        messages = relationship("Message", back_populates="conversation")
    ```

    ```python
    # file: app/database.py
    from sqlalchemy.orm import DeclarativeBase


    class Base(DeclarativeBase):
        pass
    ```

    ## Silent when

    - the modules can be imported in any one order;
    - the import stands in a function or below `if TYPE_CHECKING:`, or under another condition;
    - one of the modules binds names or imports modules that are not written down (`import_module`, `globals()`, `exec`).

    ## Fix

    None: a relationship takes the other class as a string, an annotation an import below `if TYPE_CHECKING:`.
    """

    summary = "an import of a model in a circle of modules, which fails"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for failure in project.import_order.failures(path):
            yield self.report(project, failure)

    def report(self, project: Project, failure: Failure) -> Finding:
        unit, name, target = failure.unit, failure.node.name, failure.target
        guard = failure.guard
        return self.finding(
            project.place(unit.path, unit.span(failure.node.at)),
            f"`{target.name}` imports this module before it binds `{name}`"
            + (", unless this module is imported first" if guard is not None else ""),
            severity="warning" if guard is not None else None,
            runtime=f"cannot import name '{name}' from partially initialized module '{target.name}' "
            "(most likely due to a circular import)",
            help="name the class in a string, or import it in the function that needs it",
            related=[
                Related(project.first_line(module.path), "it is imported from here") for module in path_of(failure)
            ],
        )


def path_of(failure: Failure) -> list[Unit]:
    """The modules from the one that is asked to the one that asks."""
    start = failure.loading.index(failure.target)
    return [unit for unit in failure.loading[start:] if unit is not failure.unit]
