"""users become users_v2, with verification

Revision ID: 3c42
Revises: 2b7e
"""

import sqlalchemy as sa
from alembic import op

revision = "3c42"
down_revision = "2b7e"
branch_labels = None
depends_on = None


def upgrade():
    op.rename_table("users", "users_v2")
    op.add_column("users_v2", sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("users_v2", sa.Column("is_verified", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("users_v2", sa.Column("verification_token", sa.String(64), nullable=True))
    op.create_index("ix_users_v2_email", "users_v2", ["email"], unique=True)
    op.create_index("ix_users_v2_organization_id", "users_v2", ["organization_id"])
    op.create_index("ix_users_v2_verification_token", "users_v2", ["verification_token"], unique=True)


def downgrade():
    op.drop_index("ix_users_v2_verification_token", table_name="users_v2")
    op.drop_index("ix_users_v2_organization_id", table_name="users_v2")
    op.drop_index("ix_users_v2_email", table_name="users_v2")
    op.drop_column("users_v2", "verification_token")
    op.drop_column("users_v2", "is_verified")
    op.drop_column("users_v2", "is_active")
    op.rename_table("users_v2", "users")
