"""conversations

Revision ID: 2b7e
Revises: 1a0c
"""

import sqlalchemy as sa
from alembic import op

revision = "2b7e"
down_revision = "1a0c"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "conversations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_conversations_user_id_users"),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name="fk_conversations_organization_id_organizations"
        ),
    )
    op.create_index("ix_conversations_organization_id", "conversations", ["organization_id"])


def downgrade():
    op.drop_table("conversations")
