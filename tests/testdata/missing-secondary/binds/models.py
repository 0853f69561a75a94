from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()

members = db.Table(
    "members",
    db.Model.metadata,
    db.Column("user_id", db.Integer, db.ForeignKey("user.id"), primary_key=True),
    db.Column("team_id", db.Integer, db.ForeignKey("team.id"), primary_key=True),
)


class User(db.Model):
    __bind_key__ = "people"

    id = db.Column(db.Integer, primary_key=True)


class Team(db.Model):
    __bind_key__ = "people"

    id = db.Column(db.Integer, primary_key=True)
    users = db.relationship(User, secondary="members")  # before Flask-SQLAlchemy 3 all binds share a MetaData
