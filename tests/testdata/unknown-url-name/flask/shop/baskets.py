from flask import Blueprint, redirect, render_template, url_for
from flask.views import MethodView

baskets = Blueprint("baskets", __name__, url_prefix="/baskets")


@baskets.route("/<int:pk>")
def show(pk):
    return render_template("shop/basket.html")


@baskets.route("/last", endpoint="latest")
def last():
    if last.is_empty:
        return redirect(url_for("show"))
#                               ^^^^^^ unknown-url-name
    return redirect(url_for("baskets.last"))
#                           ^^^^^^^^^^^^^^ unknown-url-name


class Items(MethodView):
    def get(self):
        return redirect(url_for(".latest")) or redirect(url_for(".in_the_api_perhaps"))


baskets.add_url_rule("/items", view_func=Items.as_view("items"))
baskets.add_url_rule("/more", "more", last)


def anywhere():
    yield url_for("baskets.items"), url_for("baskets.more"), url_for("index"), url_for("static", filename="a.css")
    yield url_for("login.page"), url_for("api.anything"), url_for("prices.list"), url_for("prices.lost")
#                                                                                         ^^^^^^^^^^^^^ unknown-url-name
    yield url_for(f"baskets.{anywhere}"), url_for("elsewhere"), url_for("Basket_index")
#                                                 ^^^^^^^^^^^ unknown-url-name
