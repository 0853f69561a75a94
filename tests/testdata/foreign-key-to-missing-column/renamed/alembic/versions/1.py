from alembic import op

revision = "1"
down_revision = None


def upgrade():
    with op.batch_alter_table("users") as batch:
        batch.alter_column("uid", new_column_name="number")
    op.execute("ALTER TABLE teams RENAME COLUMN slug TO handle")


def downgrade():
    op.execute("ALTER TABLE teams RENAME COLUMN handle TO slug")
