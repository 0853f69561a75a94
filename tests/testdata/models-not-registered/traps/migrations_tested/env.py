from alembic import context
import tested.models.one
from tested.base import Base

target_metadata = Base.metadata
context.configure(url="sqlite://", target_metadata=target_metadata)
