from alembic import context
import shop.models.one
from shop.base import Base

target_metadata = Base.metadata
context.configure(url="sqlite://", target_metadata=target_metadata)
