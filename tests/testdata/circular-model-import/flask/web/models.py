from web import db
#               ^^ circular-model-import


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
