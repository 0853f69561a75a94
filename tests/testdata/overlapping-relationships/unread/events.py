from company.database import db
from company.mixins import BaseMixin

from people import Person


class Event(BaseMixin, db.Model):
    __tablename__ = "event"

    people = db.relationship(Person, secondary="entry", backref="events")


class Entry(BaseMixin, db.Model):
    __tablename__ = "entry"

    person_id = db.Column(None, db.ForeignKey("person.id"))
    person = db.relationship(Person, backref=db.backref("entries", cascade="all"))
    #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ overlapping-relationships
    #                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ overlapping-relationships
    event_id = db.Column(None, db.ForeignKey("event.id"))
    event = db.relationship(Event, overlaps="people,events")


class Ticket(BaseMixin, db.Model):  # made after the class whose file this one imports
    __tablename__ = "ticket"

    person_id = db.Column(None, db.ForeignKey("person.id"))
    person = db.relationship(Person, backref="all_tickets")
    #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ overlapping-relationships
