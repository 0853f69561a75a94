"""keys for the programs of an organization

Revision ID: 5e88
Revises: 4d19
"""

import sqlalchemy as sa
from alembic import op

revision = "5e88"
down_revision = "4d19"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.String(36), nullable=True),
        sa.Column("label", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name="fk_api_keys_organization_id_organizations"
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users_v2.id"], name="fk_api_keys_created_by_id_users_v2", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_api_keys_organization_id", "api_keys", ["organization_id"])
    op.create_index("ix_api_keys_created_by_id", "api_keys", ["created_by_id"])


def downgrade():
    op.drop_table("api_keys")
