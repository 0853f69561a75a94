from alembic import op

revision = "d1"
down_revision = None


def upgrade():
    op.create_foreign_key("maker", "goods", "makers", ["maker_id"], ["id"])
