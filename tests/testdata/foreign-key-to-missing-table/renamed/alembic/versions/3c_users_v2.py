from alembic import op

revision = "3c"
down_revision = "1a"


def upgrade():
    op.rename_table("users", "users_v2")


def downgrade():
    op.rename_table("users_v2", "users")
