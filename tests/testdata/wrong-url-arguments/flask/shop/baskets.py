from flask import Blueprint, redirect, render_template, url_for

baskets = Blueprint("baskets", __name__)


@baskets.route("/<int:pk>")
def show(pk):
    return render_template("shop/basket.html")


@baskets.route("/list")
@baskets.route("/list/<int:page>")
def list(page=1):
    return redirect(url_for("baskets.list")) or redirect(url_for("baskets.list", page=2))


@baskets.route("/few", defaults={"count": 3})
@baskets.route("/few/<int:count>")
def few(count, **values):
    url_for("baskets.few"), url_for("baskets.show", **values), url_for("places.map")
    return redirect(url_for("baskets.show", page=2, _external=True))
#                           ^^^^^^^^^^^^^^ wrong-url-arguments
