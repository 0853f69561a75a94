from alembic import context
import unmigrated.models.one
from unmigrated.base import Base

target_metadata = Base.metadata
context.configure(url="sqlite://", target_metadata=target_metadata)
