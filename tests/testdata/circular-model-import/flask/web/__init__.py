from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from web.models import User

db = SQLAlchemy()


def create_app():
    app = Flask(__name__)
    db.init_app(app)
    app.config["USER"] = User
    return app
