from alembic import context
from star.models import *
from star.base import Base

target_metadata = Base.metadata
context.configure(url="sqlite://", target_metadata=target_metadata)
