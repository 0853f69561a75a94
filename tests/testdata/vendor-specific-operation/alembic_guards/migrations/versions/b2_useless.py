from alembic import op

from migrations.helpers import add_key, is_sqlite

revision = "b2"
down_revision = "b1"


def upgrade():
    dialect = op.get_bind().dialect
    if dialect == "sqlite":
        # never: the dialect is no text
        return
    op.create_foreign_key("a", "users", "teams", ["team_id"], ["id"])
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    if is_sqlite():
        add_key("b")
#       ^^^^^^^^^^^^ vendor-specific-operation
