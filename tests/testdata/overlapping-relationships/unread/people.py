from company.database import db
from company.mixins import BaseMixin
from sqlalchemy import Integer


class Person(BaseMixin, db.Model):
    __tablename__ = "person"

    age = db.Column(Integer)

    tickets = db.relationship("Ticket")
