from flask import Blueprint

places = Blueprint("places", __name__)


@places.route("/map/<city>")
def map(country, city):
    return "a map"
