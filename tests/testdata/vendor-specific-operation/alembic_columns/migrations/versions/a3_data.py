import sqlalchemy as sa
from alembic import op

revision = "a3"
down_revision = "a2"


def upgrade():
    op.add_column("books", sa.Column("lent", sa.Boolean(), nullable=True))
    op.execute("UPDATE books SET rank = 1, lent = 0 WHERE pages > 0")
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    op.execute("UPDATE books SET lent = false WHERE pages = 0")
    op.execute("UPDATE authors SET lent = 0")
    op.execute("UPDATE books SET pages = 1; UPDATE books SET pages = 2;")
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    op.execute("UPDATE books SET pages = 1;  -- and no more")
    op.execute("UPDATE books SET text = 'one; two'")
    op.execute(sa.text("UPDATE books SET key = 'a'"))
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    op.execute("INSERT INTO books (id, key) VALUES (1, 'a')")
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    op.execute("UPDATE books SET author_key = 'key'")
    op.execute("UPDATE user SET name = 'a'")
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    op.execute('UPDATE "user" SET name = 1')
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    op.execute("INSERT INTO books ('id') VALUES (1)")
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    op.execute('INSERT INTO books (id, name) VALUES (1, "a")')
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    op.execute("UPDATE user_name SET name = 'a'")
    op.execute('UPDATE books SET text = ""')
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    op.execute("UPDATE books SET text = CAST(pages AS VARCHAR)")
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation


def downgrade():
    op.drop_column("books", "lent")
