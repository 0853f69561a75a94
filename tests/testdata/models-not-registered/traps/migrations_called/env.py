from alembic import context
from called.models import load_all
import called.models.one
from called.base import Base

target_metadata = Base.metadata
load_all()
context.configure(url="sqlite://", target_metadata=target_metadata)
