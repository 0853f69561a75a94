# What was not read of a class can only add to the foreign keys that are there.
from company.database import db
from company.mixins import BaseMixin, immutable
from sqlalchemy import Integer


class User(BaseMixin, db.Model):
    __tablename__ = "user"

    age = db.Column(Integer)

    client_id = db.Column(None, db.ForeignKey("client.id", use_alter=True, name="fk_client"))
    client = db.relationship("Client")
    #        ^^^^^^^^^^^^^^^^^^^^^^^^^ ambiguous-join


class Client(BaseMixin, db.Model):
    __tablename__ = "client"

    user_id = db.Column(None, db.ForeignKey("user.id"))
    user = db.relationship(User, foreign_keys=[user_id])
    team_id = db.Column(None, db.ForeignKey("team.id"))
    team = db.relationship("Team")


class Team(BaseMixin, db.Model):
    __tablename__ = "team"


class Member(BaseMixin, db.Model):
    __tablename__ = "member"

    user_id = immutable(db.Column(None, db.ForeignKey("user.id"), index=True))
    granted_by_id = immutable(db.Column(None, db.ForeignKey("user.id"), index=True), read={"all"})
    user = immutable(db.relationship(User))
    #                ^^^^^^^^^^^^^^^^^^^^^ ambiguous-join
    granted_by = immutable(db.relationship(User, foreign_keys=[granted_by_id]))
