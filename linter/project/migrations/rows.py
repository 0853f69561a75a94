"""What which database cannot run. No row is opinion: `tests/proofs/test_vendor_operations.py` runs the example of each on the
real databases. It must fail on those that `fails` names, as it says, and run on those that `works` names.

SQLite here is one that Python brings (3.40 and its neighbours), MySQL stands for MariaDB too. What depends on a version of
SQLAlchemy says so.
"""

from __future__ import annotations

from typing import NamedTuple

from linter.project.migrations.vendors import MYSQL, POSTGRESQL, SQLITE, Vendor

SYNTAX = "You have an error in your SQL syntax"  # MySQL's and MariaDB's only answer to what they cannot parse


class Row(NamedTuple):
    """`what` is the subject of "… cannot run on SQLite". `fails`: a piece of what the database, or the framework, says there.
    What is in neither of `fails` and `works` (an extension that must be installed first, say) is left open."""

    what: str
    fails: dict[Vendor, str]
    example: str
    works: tuple[Vendor, ...] = ()
    help: str = ""
    below: str = ""  # the version of SQLAlchemy from which on it no longer fails


# --- Django ------------------------------------------------------------------------------------------------------------

_ON_POSTGRESQL = (
    "run it on PostgreSQL only: in a `RunPython` or an operation that asks `schema_editor.connection.vendor`"
)

# By the name of the operation, all of `django.contrib.postgres.operations`. Its extensions and collations are not among
# them: Django itself lets those do nothing on other databases.
DJANGO_OPERATIONS: dict[str, Row] = {
    "AddIndexConcurrently": Row(
        "`AddIndexConcurrently`",
        {SQLITE: "unexpected keyword argument 'concurrently'", MYSQL: "unexpected keyword argument 'concurrently'"},
        'AddIndexConcurrently("thing", models.Index(fields=["x"], name="by_x"))',
        (POSTGRESQL,),
        _ON_POSTGRESQL,
    ),
    "RemoveIndexConcurrently": Row(
        "`RemoveIndexConcurrently`",
        {SQLITE: "unexpected keyword argument 'concurrently'", MYSQL: "unexpected keyword argument 'concurrently'"},
        'RemoveIndexConcurrently("thing", "thing_x")',
        (POSTGRESQL,),
        _ON_POSTGRESQL,
    ),
    "AddConstraintNotValid": Row(
        "`AddConstraintNotValid`",
        {SQLITE: 'near "CONSTRAINT": syntax error', MYSQL: SYNTAX},
        'AddConstraintNotValid("thing", models.CheckConstraint(condition=models.Q(x__gt=0), name="positive"))',
        (POSTGRESQL,),
        _ON_POSTGRESQL,
    ),
    "ValidateConstraint": Row(
        "`ValidateConstraint`",
        {SQLITE: 'near "VALIDATE": syntax error', MYSQL: SYNTAX},
        'ValidateConstraint("thing", "small")',
        (POSTGRESQL,),
        _ON_POSTGRESQL,
    ),
}

EXCLUSION = Row(
    "an exclusion constraint",
    {SQLITE: 'near "EXCLUDE": syntax error', MYSQL: SYNTAX},
    'migrations.AddConstraint("thing", ExclusionConstraint(name="alone", expressions=[("y", "=")], index_type="SPGIST"))',
    (POSTGRESQL,),
    _ON_POSTGRESQL,
)
OPERATOR_CLASS = Row(
    "an index with an operator class around an expression (`OpClass`)",
    {SQLITE: 'near "text_pattern_ops": syntax error'},
    'migrations.AddIndex("thing", models.Index(OpClass(Lower("y"), name="text_pattern_ops"), name="by_y"))',
    (POSTGRESQL,),
    _ON_POSTGRESQL,
)

# A column type that MySQL refuses wherever it stands: in CreateModel, AddField, AlterField.
DJANGO_TYPES: dict[str, Row] = {
    name: Row(
        f"the field type `{name}`",
        {MYSQL: says},
        f'migrations.AddField("thing", "a", {name}({arguments}))',
        works,
        _ON_POSTGRESQL,
    )
    for name, arguments, says, works in (
        ("ArrayField", "models.IntegerField(), null=True", SYNTAX, (POSTGRESQL, SQLITE)),
        ("HStoreField", "null=True", "Unknown data type: 'hstore'", (SQLITE,)),
        ("SearchVectorField", "null=True", "Unknown data type: 'tsvector'", (POSTGRESQL, SQLITE)),
        ("IntegerRangeField", "null=True", "Unknown data type: 'int4range'", (POSTGRESQL, SQLITE)),
        ("BigIntegerRangeField", "null=True", "Unknown data type: 'int8range'", (POSTGRESQL, SQLITE)),
        ("DecimalRangeField", "null=True", "Unknown data type: 'numrange'", (POSTGRESQL, SQLITE)),
        ("DateTimeRangeField", "null=True", "Unknown data type: 'tstzrange'", (POSTGRESQL, SQLITE)),
        ("DateRangeField", "null=True", "Unknown data type: 'daterange'", (POSTGRESQL, SQLITE)),
    )
}

# The same with a default, in AddField: SQLite makes the table anew and would have to write the default as SQL.
DJANGO_DEFAULTS: dict[str, Row] = {
    name: Row(
        f"`AddField` of a `{name}` with a default",
        {SQLITE: "Cannot quote parameter value"},
        f'migrations.AddField("thing", "a", {name}({arguments}))',
        works,
        "add it with `null=True` and without a default, and fill it in afterwards",
    )
    for name, arguments, works in (
        ("ArrayField", "models.IntegerField(), default=list", (POSTGRESQL,)),
        ("HStoreField", "default=dict", ()),
        ("IntegerRangeField", "default=(1, 2)", (POSTGRESQL,)),
        ("BigIntegerRangeField", "default=(1, 2)", (POSTGRESQL,)),
        ("DecimalRangeField", "default=(1, 2)", (POSTGRESQL,)),
    )
}

# --- Alembic -----------------------------------------------------------------------------------------------------------

_BATCH = "do it in `with op.batch_alter_table(…) as batch_op:`"
_CONSTRAINTS = "No support for ALTER of constraints in SQLite dialect"
_ALTER = 'near "ALTER": syntax error'
_EXISTING = "All MySQL CHANGE/MODIFY COLUMN operations require the existing type"

# What SQLite refuses outside of batch mode, by the name of the operation.
ALEMBIC_CONSTRAINTS: dict[str, Row] = {
    name: Row(f"`{name}` outside of a batch", {SQLITE: _CONSTRAINTS}, f"op.{name}({arguments})", works, _BATCH)
    for name, arguments, works in (
        ("create_foreign_key", '"other_of_thing", "thing", "other", ["x"], ["id"]', (POSTGRESQL, MYSQL)),
        ("create_unique_constraint", '"one_x", "thing", ["x"]', (POSTGRESQL, MYSQL)),
        ("create_check_constraint", '"positive", "thing", "x > 0"', (POSTGRESQL, MYSQL)),
        ("create_primary_key", '"key", "keyless", ["id"]', (POSTGRESQL, MYSQL)),
        ("drop_constraint", '"one_y", "thing", type_="unique"', (POSTGRESQL, MYSQL)),
    )
}
EXCLUDE_CONSTRAINT = Row(
    "`create_exclude_constraint`",
    {SQLITE: _CONSTRAINTS, MYSQL: "can't render element of type"},
    'op.create_exclude_constraint("alone", "thing", ("x", "="), using="btree")',
    (POSTGRESQL,),
)
COLUMN_WITH_KEY = Row(
    "`add_column` with a `ForeignKey` outside of a batch",
    {SQLITE: _CONSTRAINTS},
    'op.add_column("thing", sa.Column("a", sa.Integer(), sa.ForeignKey("other.id")))',
    (POSTGRESQL, MYSQL),
    _BATCH,
)
UNIQUE_COLUMN = Row(
    "`add_column` with `unique=True` outside of a batch",
    {SQLITE: _CONSTRAINTS},
    'op.add_column("thing", sa.Column("a", sa.Integer(), unique=True))',
    (POSTGRESQL, MYSQL),
    _BATCH,
)
# By the keyword of `alter_column` that makes it an ALTER COLUMN; `new_column_name` alone is a rename, which SQLite can do.
ALTER_COLUMN: dict[str, Row] = {
    keyword: Row(
        f"`alter_column` with `{keyword}` outside of a batch",
        {SQLITE: says},
        f'op.alter_column("thing", "x", {keyword}={value}, existing_type=sa.Integer())',
        (POSTGRESQL, MYSQL),
        _BATCH,
    )
    for keyword, value, says in (
        ("type_", "sa.BigInteger()", _ALTER),
        ("nullable", "False", _ALTER),
        ("server_default", '"1"', _ALTER),
        ("comment", '"a comment"', "can't render element of type"),
    )
}
ALTER_WITHOUT_TYPE: dict[str, Row] = {
    keyword: Row(
        f"`alter_column` with `{keyword}` but without `existing_type`",
        {MYSQL: _EXISTING},
        f'op.alter_column("thing", "x", {keyword}={value})',
        (POSTGRESQL,),
        "give `existing_type`",
    )
    for keyword, value in (("nullable", "False"), ("new_column_name", '"z"'))
}
DROP_WITHOUT_TYPE = Row(
    "`drop_constraint` without `type_`",
    {MYSQL: "No generic 'DROP CONSTRAINT' in MySQL"},
    'op.drop_constraint("one_y", "thing")',
    (POSTGRESQL,),
    "give `type_`",
)
DROP_INDEX_WITHOUT_TABLE = Row(
    "`drop_index` without `table_name`",
    {MYSQL: "doesn't exist"},
    'op.drop_index("thing_x")',
    (SQLITE, POSTGRESQL),
    "give `table_name`",
)
TABLE_COMMENT: dict[str, Row] = {
    name: Row(f"`{name}`", {SQLITE: 'near "COMMENT": syntax error'}, f"op.{name}({arguments})", (POSTGRESQL, MYSQL))
    for name, arguments in (("create_table_comment", '"thing", "a comment"'), ("drop_table_comment", '"thing"'))
}

_RENDER = "can't render element of type"


def _type(what: str, fails: dict[Vendor, str], example: str, works: tuple[Vendor, ...] = (), below: str = "") -> Row:
    table = f'op.create_table("made", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", {example}))'
    return Row(
        f"the type `{what}`", fails, table, works, "use a type of SQLAlchemy's own, or one `with_variant(…)`", below
    )


# By the name of the class in `sqlalchemy.dialects.postgresql`.
POSTGRESQL_TYPES: dict[str, Row] = {
    **{
        name: _type(f"postgresql.{name}", {SQLITE: _RENDER, MYSQL: _RENDER}, f"postgresql.{name}({arguments})", works)
        for name, arguments, works in (
            ("ARRAY", "sa.Integer()", (POSTGRESQL,)),
            ("HSTORE", "", ()),
            ("TSVECTOR", "", (POSTGRESQL,)),
            ("INET", "", (POSTGRESQL,)),
            ("CIDR", "", (POSTGRESQL,)),
            ("MACADDR", "", (POSTGRESQL,)),
            ("BYTEA", "", (POSTGRESQL,)),
            ("CITEXT", "", ()),
            ("MONEY", "", (POSTGRESQL,)),
            ("OID", "", (POSTGRESQL,)),
            ("REGCLASS", "", (POSTGRESQL,)),
            ("INTERVAL", "", (POSTGRESQL,)),
            ("INT4RANGE", "", (POSTGRESQL,)),
            ("INT8RANGE", "", (POSTGRESQL,)),
            ("NUMRANGE", "", (POSTGRESQL,)),
            ("DATERANGE", "", (POSTGRESQL,)),
            ("TSRANGE", "", (POSTGRESQL,)),
            ("TSTZRANGE", "", (POSTGRESQL,)),
        )
    },
    "BIT": _type("postgresql.BIT", {SQLITE: _RENDER}, "postgresql.BIT()", (POSTGRESQL, MYSQL)),
    "JSONB": _type("postgresql.JSONB", {SQLITE: _RENDER}, "postgresql.JSONB()", (POSTGRESQL,), "2.1"),
    "UUID": _type("postgresql.UUID", {SQLITE: _RENDER, MYSQL: _RENDER}, "postgresql.UUID()", (POSTGRESQL,), "2.0"),
}
# Newer SQLAlchemy lets SQLite have a JSONB, MySQL never.
JSONB_ON_MYSQL = _type("postgresql.JSONB", {MYSQL: _RENDER}, "postgresql.JSONB()", (POSTGRESQL,))

# By the name of the class in `sqlalchemy.dialects.mysql`.
MYSQL_TYPES: dict[str, Row] = {
    name: _type(f"mysql.{name}", {SQLITE: _RENDER, POSTGRESQL: says}, f"mysql.{name}({arguments})", (MYSQL,))
    for name, arguments, says in (
        ("LONGTEXT", "", _RENDER),
        ("MEDIUMTEXT", "", _RENDER),
        ("TINYTEXT", "", _RENDER),
        ("LONGBLOB", "", _RENDER),
        ("MEDIUMBLOB", "", _RENDER),
        ("TINYBLOB", "", _RENDER),
        ("TINYINT", "1", _RENDER),
        ("MEDIUMINT", "", _RENDER),
        ("YEAR", "", _RENDER),
        ("ENUM", '"a", "b"', "ENUM"),
    )
}
ARRAY = _type("sa.ARRAY", {SQLITE: _RENDER, MYSQL: _RENDER}, "sa.ARRAY(sa.Integer())", (POSTGRESQL,))
STRING_WITHOUT_LENGTH = _type(
    "String` without a length, as in `sa.String()",
    {MYSQL: "VARCHAR requires a length on dialect mysql"},
    "sa.String()",
    (SQLITE, POSTGRESQL),
)._replace(help="give a length")

# --- what columns are given -------------------------------------------------------------------------------------------


def _default(what: str, fails: dict[Vendor, str], column: str, works: tuple[Vendor, ...], help: str) -> Row:
    table = f'op.create_table("made", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", {column}))'
    return Row(what, fails, table, works, help)


NUMBER_AS_BOOLEAN = _default(
    "a number as the default of a `Boolean`",
    {POSTGRESQL: "is of type boolean but default expression is of type integer"},
    'sa.Boolean(), server_default=sa.text("0")',
    (SQLITE, MYSQL),
    "use `sa.false()` or `sa.true()`",
)
WORD_AS_BOOLEAN = _default(
    "a word in quotes as the default of a `Boolean`",
    {MYSQL: "Invalid default value"},
    'sa.Boolean(), server_default="false"',
    (SQLITE, POSTGRESQL),
    "use `sa.false()` or `sa.true()`",
)
UUID_BY_FUNCTION = _default(
    "a default that calls `gen_random_uuid()` or its like",
    {MYSQL: "cannot be used in the DEFAULT clause"},
    'sa.String(36), server_default=sa.text("gen_random_uuid()")',
    (POSTGRESQL,),
    "let the program give the value",
)
CHANGING_DEFAULT = Row(
    "`add_column` with a default that is no constant, outside of a batch and once the table has rows,",
    {SQLITE: "Cannot add a column with non-constant default"},
    'op.add_column("filled", sa.Column("a", sa.DateTime(), server_default=sa.func.now()))',
    (POSTGRESQL, MYSQL),
    _BATCH,
)
COLLATION_OF_SQLITE = _type(
    'sa.String` with a collation, as in `sa.String(9, collation="NOCASE")',
    {POSTGRESQL: "does not exist", MYSQL: "Unknown collation"},
    'sa.String(9, collation="NOCASE")',
    (SQLITE,),
)._replace(help="give a collation to SQLite alone: `sa.String(…).with_variant(…)`")
ENUM_WITHOUT_NAME = _type(
    'sa.Enum` without a name, as in `sa.Enum("a")',
    {POSTGRESQL: "ENUM type requires a name"},
    'sa.Enum("a", "b")',
    (SQLITE, MYSQL),
)._replace(help="give a name")
ENUM_NOT_CREATED = Row(
    "a column of an enumeration that no migration creates",
    {POSTGRESQL: 'type "mood" does not exist'},
    'op.add_column("thing", sa.Column("a", sa.Enum("good", "bad", name="mood")))',
    (SQLITE, MYSQL),
    "create the type first: `sa.Enum(…, name=…).create(op.get_bind())`",
)
ALTER_WITHOUT_USING = Row(
    "`alter_column` to a type that no value of the old one becomes by itself",
    {POSTGRESQL: "cannot be cast automatically to type integer"},
    'op.alter_column("thing", "y", type_=sa.Integer(), existing_type=sa.String(40))',
    (MYSQL,),
    "say how, by `postgresql_using`",
)
NUMBER_FOR_BOOLEAN = Row(
    "a number for a `Boolean` column",
    {POSTGRESQL: "is of type boolean but expression is of type integer"},
    'op.add_column("thing", sa.Column("done", sa.Boolean())); op.execute("UPDATE thing SET done = 0")',
    (SQLITE, MYSQL),
    "write `true` or `false`",
)

# --- raw SQL -----------------------------------------------------------------------------------------------------------

# The driver takes one statement at a time, whatever the database could do; Django's RunSQL takes its text apart.
SEVERAL_STATEMENTS = Row(
    "more than one statement in one `execute()`",
    {SQLITE: "one statement at a time", MYSQL: SYNTAX},
    'op.execute("UPDATE thing SET x = 1; UPDATE thing SET x = 2")',
    (POSTGRESQL,),
    "execute them one by one",
)


class Sql(NamedTuple):
    """A kind of statement. `pattern` is searched in one statement whose comments and literals were taken out."""

    pattern: str
    row: Row


_PG_SETTINGS = (
    "lock_timeout|statement_timeout|idle_in_transaction_session_timeout|search_path|work_mem|maintenance_work_mem|"
    "client_min_messages|session_replication_role|constraint_exclusion|default_tablespace|row_security|role"
)


def _sql(pattern: str, what: str, fails: dict[Vendor, str], example: str, *works: Vendor) -> Sql:
    return Sql(pattern, Row(what, fails, example, works, "run it only on the databases that know it"))


def _near(word: str) -> dict[Vendor, str]:
    """What neither SQLite nor MySQL can parse."""
    return {SQLITE: f'near "{word}": syntax error', MYSQL: SYNTAX}


_QUOTE = "let the framework write the statement: it quotes each name as the database wants it"


def _reserved(word: str) -> Sql:
    """A name of a column that MySQL wants in backticks, where it can be nothing else."""
    before, after = r"(\b(SET|WHERE|AND|OR|SELECT)\s+|[,(]\s*)", r"\s*([=<>,)]|\b(IS|IN|LIKE|FROM)\b)"
    sql = _sql(
        rf"^(UPDATE|INSERT|DELETE|SELECT)\b.*{before}{word}{after}",
        f"`{word}` as the name of a column, without quotes,",
        {MYSQL: SYNTAX},
        f"UPDATE worded SET {word} = 1",
        POSTGRESQL,
        SQLITE,
    )
    return sql._replace(row=sql.row._replace(help=_QUOTE))


SQL: tuple[Sql, ...] = (
    _sql(r"^(CREATE|DROP|ALTER)\s+EXTENSION\b", "`CREATE EXTENSION`", _near("EXTENSION"), "CREATE EXTENSION IF NOT EXISTS citext", POSTGRESQL),
    _sql(r"^CREATE\s+(UNIQUE\s+)?INDEX\s+CONCURRENTLY\b", "`CREATE INDEX CONCURRENTLY`", {SQLITE: "syntax error", MYSQL: SYNTAX}, "CREATE INDEX CONCURRENTLY i ON thing (x)", POSTGRESQL),
    _sql(r"^DROP\s+INDEX\s+CONCURRENTLY\b", "`DROP INDEX CONCURRENTLY`", {SQLITE: "syntax error", MYSQL: SYNTAX}, "DROP INDEX CONCURRENTLY thing_x", POSTGRESQL),
    _sql(r"^CREATE\s+(UNIQUE\s+)?INDEX\b[^(]*\bON\s+\S+\s+USING\s+\w+\s*\(", "`CREATE INDEX … ON … USING`", _near("USING"), "CREATE INDEX i ON thing USING gin (to_tsvector('english', y))", POSTGRESQL),
    _sql(r"^CREATE\s+(UNIQUE\s+)?INDEX\b.*\)\s*INCLUDE\s*\(", "`CREATE INDEX … INCLUDE`", _near("INCLUDE"), "CREATE INDEX i ON thing (x) INCLUDE (y)", POSTGRESQL),
    _sql(r"^CREATE\s+(UNIQUE\s+)?INDEX\b[^(]*\([^()]*\)\s*WHERE\b", "a partial index (`CREATE INDEX … WHERE`)", {MYSQL: SYNTAX}, "CREATE INDEX i ON thing (x) WHERE x > 1", POSTGRESQL, SQLITE),
    _sql(r"^DROP\s+INDEX\s+(IF\s+EXISTS\s+)?[\w.\"]+\s*$", "`DROP INDEX` without `ON`", {MYSQL: SYNTAX}, "DROP INDEX thing_x", POSTGRESQL, SQLITE),
    _sql(r"^DROP\s+INDEX\s+(IF\s+EXISTS\s+)?[\w.`]+\s+ON\b", "`DROP INDEX … ON`", {SQLITE: 'near "ON": syntax error', POSTGRESQL: "syntax error"}, "DROP INDEX thing_x ON thing", MYSQL),
    _sql(r"^CREATE\s+FULLTEXT\s+INDEX\b", "`CREATE FULLTEXT INDEX`", {SQLITE: 'near "FULLTEXT": syntax error', POSTGRESQL: "syntax error"}, "CREATE FULLTEXT INDEX i ON thing (y)", MYSQL),
    _sql(r"^ALTER\s+INDEX\b", "`ALTER INDEX`", _near("INDEX"), "ALTER INDEX thing_x RENAME TO thing_by_x", POSTGRESQL),
    _sql(r"[\w)\]\"']\s*::\s*\"?[a-z_]\w*", "a `::` cast", {SQLITE: 'unrecognized token: ":"', MYSQL: SYNTAX}, "UPDATE thing SET y = x::text", POSTGRESQL),
    _sql(r"^ALTER\s+TABLE\b.*\bALTER\s+(COLUMN\s+)?\S+\s+(SET\s+DATA\s+)?TYPE\b", "`ALTER COLUMN … TYPE`", _near("ALTER"), "ALTER TABLE thing ALTER COLUMN x TYPE BIGINT", POSTGRESQL),
    _sql(r"^ALTER\s+TABLE\b.*\bALTER\s+(COLUMN\s+)?\S+\s+(SET|DROP)\s+NOT\s+NULL\b", "`ALTER COLUMN … NOT NULL`", _near("ALTER"), "ALTER TABLE thing ALTER COLUMN x SET NOT NULL", POSTGRESQL),
    _sql(r"^ALTER\s+TABLE\b.*\bALTER\s+(COLUMN\s+)?\S+\s+(SET|DROP)\s+DEFAULT\b", "`ALTER COLUMN … DEFAULT`", {SQLITE: _ALTER}, "ALTER TABLE thing ALTER COLUMN x SET DEFAULT 3", POSTGRESQL, MYSQL),
    _sql(r"^ALTER\s+TABLE\b.*\bEXCLUDE\s+USING\b", "`EXCLUDE USING`", {SQLITE: "syntax error", MYSQL: SYNTAX}, "ALTER TABLE thing ADD CONSTRAINT c EXCLUDE USING btree (x WITH =)", POSTGRESQL),
    _sql(r"^ALTER\s+TABLE\b.*\bVALIDATE\s+CONSTRAINT\b", "`VALIDATE CONSTRAINT`", _near("VALIDATE"), "ALTER TABLE thing VALIDATE CONSTRAINT small", POSTGRESQL),
    _sql(r"^ALTER\s+TABLE\b.*\bRENAME\s+CONSTRAINT\b", "`RENAME CONSTRAINT`", _near("CONSTRAINT"), "ALTER TABLE thing RENAME CONSTRAINT small TO tiny", POSTGRESQL),
    _sql(r"^ALTER\s+TABLE\s+\S+\s+ADD\s+CONSTRAINT\b", "`ALTER TABLE … ADD CONSTRAINT`", {SQLITE: 'near "CONSTRAINT": syntax error'}, "ALTER TABLE thing ADD CONSTRAINT c UNIQUE (x)", POSTGRESQL, MYSQL),
    _sql(r"^ALTER\s+TABLE\s+\S+\s+DROP\s+CONSTRAINT\b", "`ALTER TABLE … DROP CONSTRAINT`", {SQLITE: 'near "CONSTRAINT": syntax error'}, "ALTER TABLE thing DROP CONSTRAINT small", POSTGRESQL, MYSQL),
    _sql(r"^ALTER\s+TABLE\s+\S+\s+ADD\s+PRIMARY\s+KEY\b", "`ALTER TABLE … ADD PRIMARY KEY`", {SQLITE: 'near "PRIMARY": syntax error'}, "ALTER TABLE keyless ADD PRIMARY KEY (id)", POSTGRESQL, MYSQL),
    _sql(r"^ALTER\s+TABLE\s+\S+\s+(ADD|DROP)\s+COLUMN\s+IF\s+(NOT\s+)?EXISTS\b", "`ALTER TABLE … COLUMN IF EXISTS`", {SQLITE: 'near "EXISTS": syntax error'}, "ALTER TABLE thing ADD COLUMN IF NOT EXISTS z INTEGER", POSTGRESQL),
    _sql(r"^ALTER\s+TABLE\s+IF\s+EXISTS\b", "`ALTER TABLE IF EXISTS`", {SQLITE: 'near "EXISTS": syntax error'}, "ALTER TABLE IF EXISTS thing ADD COLUMN z INTEGER", POSTGRESQL),
    _sql(r"^ALTER\s+TABLE\s+\S+\s+MODIFY\b", "`ALTER TABLE … MODIFY`", {SQLITE: 'near "MODIFY": syntax error', POSTGRESQL: "syntax error"}, "ALTER TABLE thing MODIFY x BIGINT", MYSQL),
    _sql(r"^ALTER\s+TABLE\s+\S+\s+CHANGE\b", "`ALTER TABLE … CHANGE`", {SQLITE: 'near "CHANGE": syntax error', POSTGRESQL: "syntax error"}, "ALTER TABLE thing CHANGE COLUMN x z BIGINT", MYSQL),
    _sql(r"^ALTER\s+TABLE\s+\S+\s+CONVERT\s+TO\s+CHARACTER\b", "`CONVERT TO CHARACTER SET`", {SQLITE: 'near "CONVERT": syntax error', POSTGRESQL: "syntax error"}, "ALTER TABLE thing CONVERT TO CHARACTER SET utf8mb4", MYSQL),
    _sql(r"^(ALTER|CREATE)\s+TABLE\b.*\bENGINE\s*=\s*\w+", "`ENGINE=`", {SQLITE: "syntax error", POSTGRESQL: "syntax error"}, "ALTER TABLE thing ENGINE = InnoDB", MYSQL),
    _sql(r"^ALTER\s+TABLE\s+\S+\s+DROP\s+FOREIGN\s+KEY\b", "`DROP FOREIGN KEY`", {SQLITE: 'near "FOREIGN": syntax error', POSTGRESQL: "syntax error"}, "ALTER TABLE part DROP FOREIGN KEY part_of", MYSQL),
    _sql(r"^ALTER\s+TABLE\s+\S+\s+OWNER\s+TO\b", "`OWNER TO`", _near("OWNER"), "ALTER TABLE thing OWNER TO CURRENT_USER", POSTGRESQL),
    _sql(r"^ALTER\s+TABLE\b.*\bROW\s+LEVEL\s+SECURITY\b", "`ROW LEVEL SECURITY`", _near("ENABLE"), "ALTER TABLE thing ENABLE ROW LEVEL SECURITY", POSTGRESQL),
    _sql(r"^ALTER\s+TABLE\b.*\b(ENABLE|DISABLE)\s+TRIGGER\b", "`DISABLE TRIGGER`", _near("DISABLE"), "ALTER TABLE thing DISABLE TRIGGER ALL", POSTGRESQL),
    _sql(r"^CREATE\s+POLICY\b", "`CREATE POLICY`", _near("POLICY"), "CREATE POLICY p ON thing", POSTGRESQL),
    _sql(r"^(CREATE|ALTER|DROP)\s+SEQUENCE\b", "`CREATE SEQUENCE`", {SQLITE: 'near "SEQUENCE": syntax error'}, "CREATE SEQUENCE s", POSTGRESQL),
    _sql(r"\b(setval|nextval|currval)\s*\(", "`setval()`", {SQLITE: "no such function"}, "SELECT setval('counter', 1)", POSTGRESQL),
    _sql(rf"^(SET|RESET)\s+(LOCAL\s+|SESSION\s+)?({_PG_SETTINGS})\b", "`SET` of a PostgreSQL setting", {SQLITE: "syntax error", MYSQL: "Unknown system variable"}, "SET LOCAL lock_timeout = '5s'", POSTGRESQL),
    _sql(r"^SET\s+CONSTRAINTS\b", "`SET CONSTRAINTS`", _near("SET"), "SET CONSTRAINTS ALL IMMEDIATE", POSTGRESQL),
    _sql(r"^SET\s+(SESSION\s+|GLOBAL\s+)?(@@)?(FOREIGN_KEY_CHECKS|SQL_MODE|UNIQUE_CHECKS)\b", "`SET` of a MySQL variable", {SQLITE: 'near "SET": syntax error', POSTGRESQL: "unrecognized configuration parameter"}, "SET FOREIGN_KEY_CHECKS = 0", MYSQL),
    _sql(r"^DO\s+(LANGUAGE\s+\w+\s+)?\$", "a `DO` block", _near("DO"), "DO $$ BEGIN PERFORM 1; END $$", POSTGRESQL),
    _sql(r"^CREATE\s+(OR\s+REPLACE\s+)?(FUNCTION|PROCEDURE)\b.*\$", "a function between `$$`", {SQLITE: "syntax error", MYSQL: SYNTAX}, "CREATE FUNCTION f() RETURNS integer AS $$ BEGIN RETURN 1; END $$ LANGUAGE plpgsql", POSTGRESQL),
    _sql(r"^DROP\s+FUNCTION\b", "`DROP FUNCTION`", {SQLITE: 'near "FUNCTION": syntax error'}, "DROP FUNCTION IF EXISTS f", POSTGRESQL, MYSQL),
    _sql(r"^CREATE\s+(OR\s+REPLACE\s+)?(CONSTRAINT\s+)?TRIGGER\b.*\bEXECUTE\s+(FUNCTION|PROCEDURE)\b", "a trigger with `EXECUTE FUNCTION`", {SQLITE: "syntax error", MYSQL: ""}, "CREATE TRIGGER tr BEFORE UPDATE ON thing FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()", POSTGRESQL),
    _sql(r"^(CREATE|ALTER|DROP)\s+TYPE\b", "`CREATE TYPE`", _near("TYPE"), "CREATE TYPE mood AS ENUM ('good', 'bad')", POSTGRESQL),
    _sql(r"^(CREATE|ALTER|DROP)\s+DOMAIN\b", "`CREATE DOMAIN`", _near("DOMAIN"), "CREATE DOMAIN positive AS integer CHECK (VALUE > 0)", POSTGRESQL),
    _sql(r"^(CREATE|ALTER|DROP)\s+MATERIALIZED\s+VIEW\b", "a materialized view", _near("MATERIALIZED"), "CREATE MATERIALIZED VIEW m AS SELECT x FROM thing", POSTGRESQL),
    _sql(r"^REFRESH\s+MATERIALIZED\s+VIEW\b", "a materialized view", _near("REFRESH"), "REFRESH MATERIALIZED VIEW snapshot", POSTGRESQL),
    _sql(r"^CREATE\s+OR\s+REPLACE\s+VIEW\b", "`CREATE OR REPLACE VIEW`", {SQLITE: 'near "OR": syntax error'}, "CREATE OR REPLACE VIEW v AS SELECT x FROM thing", POSTGRESQL, MYSQL),
    _sql(r"^DROP\s+(TABLE|VIEW)\b.*\bCASCADE\b", "`DROP … CASCADE`", {SQLITE: 'near "CASCADE": syntax error'}, "DROP TABLE IF EXISTS other CASCADE", POSTGRESQL, MYSQL),
    _sql(r"^COMMENT\s+ON\b", "`COMMENT ON`", _near("COMMENT"), "COMMENT ON TABLE thing IS 'a comment'", POSTGRESQL),
    _sql(r"^(CREATE|DROP)\s+SCHEMA\b", "`CREATE SCHEMA`", {SQLITE: 'near "SCHEMA": syntax error'}, "CREATE SCHEMA apart", POSTGRESQL),
    _sql(r"^TRUNCATE\b.*\b(CASCADE|RESTART\s+IDENTITY)\b", "`TRUNCATE … CASCADE`", _near("TRUNCATE"), "TRUNCATE TABLE thing CASCADE", POSTGRESQL),
    _sql(r"^TRUNCATE\b", "`TRUNCATE`", {SQLITE: 'near "TRUNCATE": syntax error'}, "TRUNCATE TABLE keyless", POSTGRESQL, MYSQL),
    _sql(r"^LOCK\s+TABLE\b", "`LOCK TABLE`", {SQLITE: 'near "LOCK": syntax error'}, "LOCK TABLE thing IN EXCLUSIVE MODE", POSTGRESQL),
    _sql(r"^(GRANT|REVOKE)\b", "`GRANT`", {SQLITE: "syntax error"}, "GRANT SELECT ON thing TO CURRENT_USER", POSTGRESQL),
    _sql(r"^PRAGMA\b", "`PRAGMA`", {POSTGRESQL: "syntax error", MYSQL: SYNTAX}, "PRAGMA foreign_keys = OFF", SQLITE),
    _sql(r"^INSERT\s+OR\s+(IGNORE|REPLACE|ABORT|FAIL|ROLLBACK)\b", "`INSERT OR …`", {POSTGRESQL: "syntax error", MYSQL: SYNTAX}, "INSERT OR IGNORE INTO thing (id) VALUES (5)", SQLITE),
    _sql(r"^INSERT\s+IGNORE\b", "`INSERT IGNORE`", {SQLITE: 'near "IGNORE": syntax error', POSTGRESQL: "syntax error"}, "INSERT IGNORE INTO thing (id) VALUES (5)", MYSQL),
    _sql(r"^INSERT\b.*\bON\s+DUPLICATE\s+KEY\b", "`ON DUPLICATE KEY`", {SQLITE: 'near "DUPLICATE": syntax error', POSTGRESQL: "syntax error"}, "INSERT INTO thing (id) VALUES (1) ON DUPLICATE KEY UPDATE x = 1", MYSQL),
    _sql(r"^INSERT\b.*\bON\s+CONFLICT\b", "`ON CONFLICT`", {MYSQL: SYNTAX}, "INSERT INTO thing (id) VALUES (1) ON CONFLICT DO NOTHING", POSTGRESQL, SQLITE),
    _sql(r"^REPLACE\s+INTO\b", "`REPLACE INTO`", {POSTGRESQL: "syntax error"}, "REPLACE INTO keyless (id) VALUES (6)", MYSQL, SQLITE),
    _sql(r"^UPDATE\s+[\w.\"]+(\s+(AS\s+)?\w+)?\s+SET\b[^()]*\bFROM\b", "`UPDATE … FROM`", {MYSQL: SYNTAX}, "UPDATE thing SET x = other.x FROM other WHERE thing.id = other.id", POSTGRESQL, SQLITE),
    _sql(r"^UPDATE\s+\S+(\s+(AS\s+)?\w+)?\s+(INNER\s+|LEFT\s+)?JOIN\b", "`UPDATE … JOIN`", {SQLITE: "syntax error", POSTGRESQL: "syntax error"}, "UPDATE thing INNER JOIN other ON thing.id = other.id SET thing.x = other.x", MYSQL),
    _sql(r"^DELETE\s+FROM\s+\S+(\s+(AS\s+)?\w+)?\s+USING\b", "`DELETE … USING`", {SQLITE: 'near "USING": syntax error'}, "DELETE FROM thing USING other WHERE thing.id = other.id", POSTGRESQL),
    _sql(r"\bDISTINCT\s+ON\s*\(", "`DISTINCT ON`", {SQLITE: 'near "ON": syntax error', MYSQL: SYNTAX}, "SELECT DISTINCT ON (x) x FROM thing", POSTGRESQL),
    _sql(r"\bILIKE\b", "`ILIKE`", _near("ILIKE"), "SELECT y FROM thing WHERE y ILIKE 'a'", POSTGRESQL),
    _sql(r"\bFOR\s+UPDATE\b\s*$", "`FOR UPDATE`", {SQLITE: 'near "UPDATE": syntax error'}, "SELECT id FROM thing FOR UPDATE", POSTGRESQL, MYSQL),
    _sql(r"^(UPDATE|INSERT|DELETE|SELECT|WITH)\b.*\bnow\s*\(\s*\)", "`now()`", {SQLITE: "no such function"}, "UPDATE thing SET ts = NOW()", POSTGRESQL, MYSQL),
    _sql(r"^(UPDATE|INSERT|DELETE|SELECT|WITH)\b.*\bgen_random_uuid\s*\(", "`gen_random_uuid()`", {SQLITE: "no such function", MYSQL: "does not exist"}, "UPDATE thing SET y = gen_random_uuid()", POSTGRESQL),
    _sql(r"^(UPDATE|INSERT|DELETE|SELECT|WITH)\b.*\b(to_tsvector|array_agg|date_trunc|split_part|json_build_object|jsonb_build_object)\s*\(", "a function of PostgreSQL", {SQLITE: "no such function", MYSQL: "does not exist"}, "SELECT date_trunc('day', ts) FROM thing", POSTGRESQL),
    _sql(r"\bAT\s+TIME\s+ZONE\b", "`AT TIME ZONE`", {SQLITE: "syntax error", MYSQL: SYNTAX}, "UPDATE thing SET ts = ts AT TIME ZONE 'utc'", POSTGRESQL),
    _sql(r"\bCAST\s*\([^()]*\bAS\s+(VARCHAR|TEXT)\b", "`CAST(… AS VARCHAR)`", {MYSQL: SYNTAX}, "UPDATE thing SET y = CAST(x AS VARCHAR)", POSTGRESQL, SQLITE),
    _sql(r"^(UPDATE|INSERT\s+INTO|DELETE\s+FROM|ALTER\s+TABLE|DROP\s+TABLE)\s+user\b(?!\s*\.)", "`user` as the name of a table, without quotes,", {POSTGRESQL: 'syntax error at or near "user"'}, "UPDATE user SET x = 1", MYSQL, SQLITE),
    *map(_reserved, ("key", "keys", "condition", "trigger", "range", "lock", "release", "usage", "signal")),
    _sql(r"[=(,]\s*\"\"(?!\")", '`""` as a text', {POSTGRESQL: "zero-length delimited identifier"}, 'UPDATE thing SET y = ""', MYSQL, SQLITE),
    _sql(r"^(UPDATE|DELETE\s+FROM|ALTER\s+TABLE|DROP\s+TABLE|INSERT\s+INTO(\s+\w+\s*\()?)\s*\"", "a name in double quotes", {MYSQL: SYNTAX}, 'UPDATE "thing" SET x = 1', POSTGRESQL, SQLITE),
    _sql(r"^INSERT\s+INTO\s+\S+\s*\(\s*''", "a name in single quotes", {POSTGRESQL: "syntax error", MYSQL: SYNTAX}, "INSERT INTO thing ('id') VALUES (7)", SQLITE),
    _sql(r"\bVALUES\s*\([^()]*\"", "a text in double quotes", {POSTGRESQL: "does not exist"}, 'INSERT INTO thing (id, y) VALUES (8, "a")', MYSQL, SQLITE),
    _sql(r"`\w+`", "a name in backticks", {POSTGRESQL: "syntax error"}, "UPDATE `thing` SET `x` = 1", MYSQL, SQLITE),
    _sql(r"^CREATE\s+TABLE\b.*\bAUTO_INCREMENT\b", "`AUTO_INCREMENT`", {SQLITE: 'near "AUTO_INCREMENT": syntax error', POSTGRESQL: "syntax error"}, "CREATE TABLE made (id INTEGER PRIMARY KEY AUTO_INCREMENT)", MYSQL),
    _sql(r"^CREATE\s+TABLE\b.*\bAUTOINCREMENT\b", "`AUTOINCREMENT`", {POSTGRESQL: "syntax error", MYSQL: SYNTAX}, "CREATE TABLE made (id INTEGER PRIMARY KEY AUTOINCREMENT)", SQLITE),
    _sql(r"^CREATE\s+UNLOGGED\s+TABLE\b", "`CREATE UNLOGGED TABLE`", _near("UNLOGGED"), "CREATE UNLOGGED TABLE made (a INTEGER)", POSTGRESQL),
    _sql(r"^(NOTIFY|LISTEN)\b", "`NOTIFY`", {SQLITE: "syntax error", MYSQL: SYNTAX}, "NOTIFY channel", POSTGRESQL),
    _sql(r"^ALTER\s+DATABASE\b.*\bSET\s+\w+\s+(TO|=)", "`ALTER DATABASE … SET`", _near("DATABASE"), "ALTER DATABASE {database} SET timezone TO 'UTC'", POSTGRESQL),
)  # fmt: skip

# What may stand in the default of a column, too.
IN_DEFAULTS = frozenset({"a `::` cast", "`AT TIME ZONE`"})

DJANGO_ROWS: tuple[Row, ...] = (
    *DJANGO_OPERATIONS.values(),
    EXCLUSION,
    OPERATOR_CLASS,
    *DJANGO_TYPES.values(),
    *DJANGO_DEFAULTS.values(),
)
ALEMBIC_ROWS: tuple[Row, ...] = (
    *ALEMBIC_CONSTRAINTS.values(),
    EXCLUDE_CONSTRAINT,
    COLUMN_WITH_KEY,
    UNIQUE_COLUMN,
    *ALTER_COLUMN.values(),
    *ALTER_WITHOUT_TYPE.values(),
    DROP_WITHOUT_TYPE,
    DROP_INDEX_WITHOUT_TABLE,
    *TABLE_COMMENT.values(),
    *POSTGRESQL_TYPES.values(),
    JSONB_ON_MYSQL,
    *MYSQL_TYPES.values(),
    ARRAY,
    STRING_WITHOUT_LENGTH,
    NUMBER_AS_BOOLEAN,
    WORD_AS_BOOLEAN,
    UUID_BY_FUNCTION,
    CHANGING_DEFAULT,
    COLLATION_OF_SQLITE,
    ENUM_WITHOUT_NAME,
    ENUM_NOT_CREATED,
    ALTER_WITHOUT_USING,
    NUMBER_FOR_BOOLEAN,
    SEVERAL_STATEMENTS,
)
