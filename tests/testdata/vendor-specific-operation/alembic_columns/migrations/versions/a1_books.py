import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None

kind = sa.Enum("paper", "screen", name="kind")


def upgrade():
    op.create_table(
        "books",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("is_new", sa.Boolean(), server_default=sa.text("0")),
        #                                                ^^^^^^^^^^^^ vendor-specific-operation
        sa.Column("is_old", sa.Boolean(), server_default="false"),
        #                                                ^^^^^^^ vendor-specific-operation
        sa.Column("is_good", sa.Boolean(), server_default="0"),
        sa.Column("is_bad", sa.Boolean(), server_default=sa.false()),
        sa.Column("pages", sa.Integer(), server_default=sa.text("0")),
        sa.Column("key", sa.String(36), server_default=sa.text("gen_random_uuid()")),
        #                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
        sa.Column("made", sa.DateTime(), server_default=sa.text("(now() AT TIME ZONE 'utc')")),
        #                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
        sa.Column("changed", sa.DateTime(), server_default=sa.func.now()),
        sa.Column("mood", sa.Enum("good", "bad")),
        #                 ^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
        sa.Column("kind", kind),
        sa.Column("text", sa.Enum("a", "b", native_enum=False, length=1)),
    )
    op.add_column("books", sa.Column("other", kind))  # the table has brought the type


def downgrade():
    op.drop_table("books")
