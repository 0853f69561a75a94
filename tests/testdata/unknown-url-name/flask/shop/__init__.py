from flask import Flask, redirect, url_for

from shop.api import api
from shop.baskets import baskets
from shop.factory import make_blueprint


def create_app():
    app = Flask(__name__)
    app.register_blueprint(baskets)
    app.register_blueprint(api)
    app.register_blueprint(make_blueprint())

    @app.route("/")
    def index():
        return redirect(url_for("baskets.show", pk=1))

    @app.route("/old")
    def old():
        return redirect(url_for("baskets.shwo"))
#                               ^^^^^^^^^^^^^^ unknown-url-name

    return app
