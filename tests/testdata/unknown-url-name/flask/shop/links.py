from flask import url_for
from werkzeug.routing import BuildError


def link():
    try:
        return url_for("baskets.gone")
    except BuildError:
        return "/"
