import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade():
    op.create_table("firsts", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table("seconds", sa.Column("id", sa.Integer, primary_key=True))
