import sqlalchemy as sa
from alembic import op

from app.kinds import Size

revision = "a2"
down_revision = "a1"


def upgrade():
    op.add_column("books", sa.Column("kind_2", sa.Enum("paper", "screen", name="kind")))
    op.add_column("books", sa.Column("state", sa.Enum("lent", "there", name="state")))
    #                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    op.add_column("books", sa.Column("seen", sa.DateTime(), server_default=sa.func.now()))
    #                                                                      ^^^^^^^^^^^^^ vendor-specific-operation
    op.add_column("books", sa.Column("rank", sa.Integer(), server_default="1"))
    op.add_column("books", sa.Column("size", sa.Enum(Size)))
    #                                        ^^^^^^^^^^^^^ vendor-specific-operation
    with op.batch_alter_table("books") as batch_op:
        batch_op.add_column(sa.Column("sent", sa.DateTime(), server_default=sa.func.now()))
        batch_op.alter_column("rank", existing_type=sa.Integer(), type_=sa.String(20))
        batch_op.alter_column("key", existing_type=sa.String(36), type_=sa.Integer())
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
        # what another revision made it is something else: this was seen in some other database
        batch_op.alter_column("pages", existing_type=sa.String(20), type_=sa.Float())
        batch_op.alter_column(
            "rank", existing_type=sa.String(20), type_=sa.Integer(), postgresql_using="rank::integer"
        )
        batch_op.alter_column("made", existing_type=sa.DateTime(), type_=sa.Date())


def downgrade():
    op.drop_column("books", "state")
