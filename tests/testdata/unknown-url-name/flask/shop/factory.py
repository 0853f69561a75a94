from flask import Blueprint, url_for
from someones.views import route


def make_blueprint():
    prices = Blueprint("prices", __name__)

    @prices.get("/")
    def list():
        return "prices"

    return prices


class Views:
    @route("/all", endpoint="every_price")
    def all(self):
        return url_for("every_price")
