from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import Session, object_session

db = SQLAlchemy()


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)


class Log(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    text = db.Column(db.String(80))


@event.listens_for(User, "after_insert")
def log(mapper, connection, target):
    db.session.add(Log(text="new"))
    db.session.commit()
#   ^^^^^^^^^^^^^^^^^^^ commit-in-flush-event


@db.event.listens_for(User, "after_update")
def log_update(mapper, connection, target):
    object_session(target).flush()


@event.listens_for(User, "before_delete")
def log_delete(mapper, connection, user):
    session = object_session(user)
    if session is not None:
        session.rollback()
    #   ^^^^^^^^^^^^^^^^^^ commit-in-flush-event


@event.listens_for(User, "after_delete")
def right(mapper, connection, target):
    connection.execute(Log.__table__.insert().values(text="gone"))
    with Session(bind=db.engine) as session:
        session.add(Log(text="gone"))
        session.commit()

    @event.listens_for(db.session, "after_commit", once=True)
    def later(session):
        db.session.commit()


@event.listens_for(Session, "after_flush")
def after_flush(session, context):
    session.commit()


def log_by_hand(target):
    db.session.add(Log(text="by hand"))
    db.session.commit()
