import sqlalchemy as sa
from alembic import op

revision = "a2"
down_revision = "a1"


def upgrade():
    op.add_column("users", sa.Column("age", sa.Integer()))
    op.add_column("users", sa.Column("team_id", sa.Integer(), sa.ForeignKey("teams.id")))
    #                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    op.alter_column("users", "name", new_column_name="full_name")
    op.alter_column("users", "age", existing_type=sa.Integer(), existing_nullable=True)
    op.alter_column("users", "age", existing_type=sa.Integer(), nullable=False)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    op.create_unique_constraint(
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
        "one_name",
        "users",
        ["full_name"],
    )
    with op.batch_alter_table("users") as batch_op:
        batch_op.alter_column("age", nullable=True)
        batch_op.create_foreign_key("users_team", "teams", ["team_id"], ["id"])
        batch_op.add_column(sa.Column("boss_id", sa.Integer(), sa.ForeignKey("users.id", name="users_boss")))
    with op.batch_alter_table("users", recreate="never") as batch:
        batch.drop_constraint("one_name", type_="unique")
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    _run_sql()
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE users SET age = 1 WHERE full_name ILIKE :name"), {"name": "a%"})
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation


def _run_sql():
    for table in ("users", "teams"):
        op.execute(f"TRUNCATE {table}")
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
