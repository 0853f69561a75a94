from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import connection, connections, migrations, models
from django.db.utils import OperationalError

from shop.databases import engine_is_postgres, is_postgres, only_on_postgres
from shop.operations import AddIndexWherePossible, PostgresOnlySQL

SQL = "ALTER TABLE shop_room ALTER COLUMN name TYPE text"
IS_POSTGRES = connection.vendor == "postgresql"


def returns_early(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(SQL)


def takes_a_branch(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "sqlite":
        schema_editor.execute("PRAGMA foreign_keys = OFF")
    elif vendor in ("postgresql", "mysql"):
        schema_editor.execute(SQL)
    else:
        schema_editor.execute(SQL)


def asks_a_helper(apps, schema_editor):
    if is_postgres():
        change()
    if engine_is_postgres() and True:
        change()
    if not is_postgres() or connection.vendor == "sqlite":
        return
    change()


def change():
    # guarded by whoever calls it
    with connection.cursor() as cursor:
        cursor.execute(SQL)


def asks_a_variable(apps, schema_editor):
    IS_POSTGRES and schema_editor.execute(SQL)
    return schema_editor.execute(SQL) if IS_POSTGRES else None


def asks_something_else(apps, schema_editor):
    if not schema_editor.connection.features.supports_ignore_conflicts:
        return
    schema_editor.execute(SQL)


def catches(apps, schema_editor):
    try:
        schema_editor.execute(SQL)
    except OperationalError:
        pass


@only_on_postgres
def is_decorated(apps, schema_editor):
    schema_editor.execute(SQL)


def elsewhere(apps, schema_editor):
    with connections["archive"].cursor() as cursor:
        cursor.execute(SQL)


def portable(apps, schema_editor):
    schema_editor.execute("CREATE INDEX room_name ON shop_room (name) WHERE name IS NOT NULL")
    schema_editor.execute("INSERT INTO shop_room (name) VALUES ('a::b') ON CONFLICT DO NOTHING")


def not_run(apps, schema_editor):
    schema_editor.execute(SQL)


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel("Room", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]),
        migrations.RunPython(returns_early, not_run),
        migrations.RunPython(takes_a_branch),
        migrations.RunPython(asks_a_helper),
        migrations.RunPython(asks_a_variable),
        migrations.RunPython(asks_something_else),
        migrations.RunPython(catches),
        migrations.RunPython(is_decorated),
        migrations.RunPython(elsewhere),
        migrations.RunPython(portable),
        migrations.RunPython(only_on_postgres(not_run)),
        migrations.RunSQL(migrations.RunSQL.noop, reverse_sql=SQL),
        migrations.RunSQL(SQL, hints={"target": "archive"}),
        migrations.RunSQL(SQL, elidable=True),
        PostgresOnlySQL(SQL),
        AddIndexWherePossible("room", models.Index(fields=["name"], name="room_name")),
        *([migrations.RunSQL(SQL)] if IS_POSTGRES else []),
    ]

    if connection.vendor == "postgresql":
        operations += [
            migrations.AddConstraint("room", ExclusionConstraint(name="apart", expressions=[("name", "=")])),
        ]
        operations.append(migrations.RunSQL(SQL))
