from alembic import context
import walked.models
import walked.models.one
from walked.base import Base

target_metadata = Base.metadata
context.configure(url="sqlite://", target_metadata=target_metadata)
