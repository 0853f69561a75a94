import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

revision = "a1"
down_revision = None

json = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade():
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String()),
        sa.Column("settings", json),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
        sa.Column("tags", postgresql.ARRAY(sa.String(20))),
        #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
        sa.Column("words", TSVECTOR),
        #                  ^^^^^^^^ vendor-specific-operation
        # which SQLAlchemy it is decides, and that is not known here
        sa.Column("more", JSONB()),
        sa.Column("key", postgresql.UUID(as_uuid=True)),
        sa.Column("made", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("now()")),
        sa.Column("extra", sa.JSON(), server_default=sa.text("'{}'::json")),
        #                                            ^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    )
    op.create_index("users_tags", "users", ["tags"], postgresql_using="gin")


def downgrade():
    op.execute("DROP EXTENSION citext")
    op.drop_constraint("one_name", "users")
