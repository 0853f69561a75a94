from functools import wraps

from alembic import op


def is_sqlite():
    bind = op.get_bind()
    return bind.dialect.name == "sqlite"


def dialect_name(bind=None):
    if bind is None:
        bind = op.get_bind()
    return bind.engine.name


def skip_on_sqlite(function):
    @wraps(function)
    def wrapped(*args):
        if not is_sqlite():
            function(*args)

    return wrapped


def add_key(name):
    op.create_foreign_key(name, "users", "teams", ["team_id"], ["id"])
