import os

import flask_sqlalchemy


class Config:
    SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL") or "postgres+psycopg2://site@localhost/site"
    #                                                            ^^^^^^^^ invalid-database-url
