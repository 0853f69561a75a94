"""Flask-SQLAlchemy's rule for names, and its `db`."""

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

db = SQLAlchemy(metadata=MetaData(naming_convention={"pk": "pk_%(table_name)s"}))


class Mixin:
    @declared_attr
    def __table_args__(cls):
        return {"comment": cls.__name__}


class HTTPRequest(Mixin, db.Model):
    id = db.Column(db.Integer, primary_key=True)


class User2FA(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    request_id = db.Column(db.Integer, db.ForeignKey("http_request.id"), nullable=False)
    request = db.relationship("HTTPRequest", backref=db.backref("factors", lazy="dynamic"))


class Timed(db.Model):
    __abstract__ = True

    id = db.Column(db.Integer, primary_key=True)
    at = db.Column(db.DateTime)


class LogEntry(Timed):
    pass


class SubEntry(LogEntry):
    extra = db.Column(db.Integer)


class JoinedEntry(LogEntry):
    id = db.Column(db.ForeignKey("log_entry.id"), primary_key=True)


class Named(db.Model):
    __tablename__ = "names"

    id = db.Column(db.Integer, primary_key=True)


links = db.Table("flask_links", db.Column("a", db.ForeignKey("names.id")), db.Column("b", db.ForeignKey("log_entry.id")))


class Audit(db.Model):
    __bind_key__ = "audit"

    id = db.Column(db.Integer, primary_key=True)


class ModelBase(DeclarativeBase):
    pass


db2 = SQLAlchemy(model_class=ModelBase)


class OAuth2Token(db2.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
