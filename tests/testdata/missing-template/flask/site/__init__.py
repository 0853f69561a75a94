from flask import Flask, render_template

app = Flask(__name__)


@app.route("/")
def basket():
    return render_template("shop/baskte.html")
    #                      ^^^^^^^^^^^^^^^^^^ missing-template


@app.route("/good")
def good():
    return render_template("shop/basket.html")


@app.route("/first")
def first():
    return render_template(["shop/fast.html", "shop/basket.html"])
