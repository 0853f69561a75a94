import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "c1"
down_revision = None


def upgrade():
    op.create_table(
        "goods",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String()),
        #                 ^^^^^^^^^^^ vendor-specific-operation
        sa.Column("text", mysql.LONGTEXT()),
        sa.Column("code", sa.String(20), unique=True),
    )
    op.create_foreign_key("maker", "goods", "makers", ["maker_id"], ["id"])
    op.alter_column("goods", "name", nullable=False)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    op.alter_column("goods", "name", nullable=False, existing_type=sa.String(20))
    op.drop_constraint("maker", "goods")
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    op.drop_constraint("maker", "goods", type_="foreignkey")
    op.drop_index("goods_name")
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    op.drop_index("goods_name", table_name="goods")
    op.execute("UPDATE goods, makers SET goods.text = makers.text")
    op.execute("INSERT INTO goods (id) VALUES (1) ON CONFLICT DO NOTHING")
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
