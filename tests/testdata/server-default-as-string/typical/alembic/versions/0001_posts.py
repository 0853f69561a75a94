import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.add_column("posts", sa.Column("read", sa.DateTime(), server_default="now()"))
    #                                                                      ^^^^^^^ server-default-as-string


def downgrade():
    op.drop_column("posts", "read")
