import os


class Config:
    SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL") or "mysql+pymysql://shop@localhost/shop"


class TestingConfig(Config):
    SQLALCHEMY_DATABASE_URI = "sqlite://"
