from alembic import context
import filtered.models.one
from filtered.base import Base

target_metadata = Base.metadata


def mine(item, name, kind, reflected, compare_to):
    return name == "ones"


context.configure(url="sqlite://", target_metadata=target_metadata, include_object=mine)
