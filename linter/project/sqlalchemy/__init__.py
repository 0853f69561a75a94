"""SQLAlchemy, read without running it: MetaData, tables, mapped classes, foreign keys and relationships.

Declarations are data, but data that Python code makes: `db = SQLAlchemy()`, `Column = partial(db.Column, nullable=False)`,
`__tablename__` from a `declared_attr`. So a small evaluator (`evaluate`) works out what names hold, `lineage` and `metadata`
tell which base a class has and which MetaData its table is in, and `declarative` does what SQLAlchemy does when a class
statement has run. `index` is the answer to everybody's questions.
"""
