import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects.postgresql import CITEXT
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from migrations.helpers import add_key, dialect_name, is_sqlite, skip_on_sqlite

revision = "b1"
down_revision = None


def upgrade():
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.execute("CREATE EXTENSION citext")
        op.create_table("words", sa.Column("word", CITEXT()))
    else:
        op.create_table("words", sa.Column("word", sa.Text()))
    if op.get_context().dialect.name in ["postgresql", "mysql"]:
        op.create_unique_constraint("one_word", "words", ["word"])
    dialect = context.get_context().dialect
    if not dialect.name.startswith("sqlite"):
        op.alter_column("words", "word", nullable=False)
    if isinstance(bind.dialect, PGDialect):
        op.execute("ALTER TABLE words OWNER TO app")
    elif isinstance(bind.dialect, SQLiteDialect):
        op.execute("PRAGMA foreign_keys = ON")
    is_pg = dialect_name() == "postgresql"
    if is_pg:
        add_key("one")
    if "sqlite" not in str(bind.engine.url):
        add_key("two")
    if not is_sqlite():
        add_key("three")
    if "words" not in sa.inspect(bind).get_table_names():
        add_key("four")
    with_decorator()
    add_more(dialect_name(bind))
    try:
        op.drop_constraint("one_word", "words", type_="unique")
    except NotImplementedError:
        pass
    if is_sqlite():
        return
    op.create_check_constraint("not_empty", "words", "word <> ''")


@skip_on_sqlite
def with_decorator():
    op.create_primary_key("word", "words", ["word"])


def add_more(name):
    if name == "sqlite":
        with op.batch_alter_table("words") as batch_op:
            batch_op.create_foreign_key("language", "languages", ["language_id"], ["id"])
    else:
        op.create_foreign_key("language", "words", "languages", ["language_id"], ["id"])
