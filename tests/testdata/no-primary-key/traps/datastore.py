from google.appengine.ext import db


class Car(db.Model):  # another `db`
    owner = db.StringProperty()
