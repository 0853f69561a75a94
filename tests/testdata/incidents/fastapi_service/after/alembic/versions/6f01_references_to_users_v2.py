"""audit logs and conversations outlive their users

Revision ID: 6f01
Revises: 5e88
"""

import sqlalchemy as sa
from alembic import op

revision = "6f01"
down_revision = "5e88"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("audit_logs") as batch:
        batch.drop_constraint("fk_audit_logs_user_id_users", type_="foreignkey")
        batch.alter_column("user_id", existing_type=sa.String(), type_=sa.String(36), existing_nullable=True)
        batch.create_foreign_key("fk_audit_logs_user_id_users_v2", "users_v2", ["user_id"], ["id"], ondelete="SET NULL")
    with op.batch_alter_table("conversations") as batch:
        batch.drop_constraint("fk_conversations_user_id_users", type_="foreignkey")
        batch.alter_column("user_id", existing_type=sa.String(), type_=sa.String(36), existing_nullable=True)
        batch.create_foreign_key(
            "fk_conversations_user_id_users_v2", "users_v2", ["user_id"], ["id"], ondelete="SET NULL"
        )
        batch.create_index("ix_conversations_user_id", ["user_id"])


def downgrade():
    with op.batch_alter_table("conversations") as batch:
        batch.drop_index("ix_conversations_user_id")
        batch.drop_constraint("fk_conversations_user_id_users_v2", type_="foreignkey")
        batch.alter_column("user_id", existing_type=sa.String(36), type_=sa.String(), existing_nullable=True)
        batch.create_foreign_key("fk_conversations_user_id_users", "users_v2", ["user_id"], ["id"])
    with op.batch_alter_table("audit_logs") as batch:
        batch.drop_constraint("fk_audit_logs_user_id_users_v2", type_="foreignkey")
        batch.alter_column("user_id", existing_type=sa.String(36), type_=sa.String(), existing_nullable=True)
        batch.create_foreign_key("fk_audit_logs_user_id_users", "users_v2", ["user_id"], ["id"])
