from django.db import connection, migrations

TABLE = "shop_product"


def index_names(apps, schema_editor):
    schema_editor.execute(f"CREATE INDEX CONCURRENTLY größe ON {TABLE} (name)")
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation


def trim(apps, schema_editor):
    with connection.cursor() as cursor:
        for column in ["name", "colours"]:
            cursor.execute("UPDATE shop_product SET {} = trim({}::text)".format(column, column))
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    count()


def count():
    connection.cursor().execute("TRUNCATE " + TABLE)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_fields")]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", reverse_sql="DROP EXTENSION pg_trgm"),
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
        migrations.RunSQL(
#       ^^^^^^^^^^^^^^^^^^ vendor-specific-operation
            sql=[
                "UPDATE shop_product SET name = 'a' WHERE name = 'ILIKE'",
                ("ALTER TABLE shop_product ALTER COLUMN name TYPE text", None),
            ]
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL("COMMENT ON TABLE shop_product IS 'what we sell'")],
            #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
            state_operations=[migrations.RunSQL("COMMENT ON TABLE shop_product IS 'never run'")],
        ),
        migrations.RunPython(index_names, migrations.RunPython.noop),
        migrations.RunPython(code=trim),
        migrations.RunPython(lambda apps, editor: editor.execute("LOCK TABLE shop_product")),
        #                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vendor-specific-operation
    ]
