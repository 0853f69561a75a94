import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None


def upgrade():
    op.create_table(
        "books",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("title", sa.String()),
        sa.Column("is_new", sa.Boolean(), server_default=sa.text("0")),
        #                                                ^^^^^^^^^^^^ vendor-specific-operation
    )
