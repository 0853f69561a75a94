from alembic import context
from typed.models import Base

target_metadata = Base.metadata
context.configure(url="sqlite://", target_metadata=target_metadata)
