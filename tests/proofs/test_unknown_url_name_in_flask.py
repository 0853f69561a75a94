"""What unknown-url-name and wrong-url-arguments say of Flask is what Flask does."""

import pytest
from flask import Blueprint, Flask, url_for
from werkzeug.routing import BuildError


@pytest.fixture
def app():
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/basket/<int:pk>", "basket", str)
    shop.add_url_rule("/few", "few", str, defaults={"count": 3})
    shop.add_url_rule("/few/<int:count>", "few", str)
    made = Flask(__name__)
    made.add_url_rule("/", "index", str)
    made.register_blueprint(shop)
    with made.test_request_context():
        yield made


@pytest.mark.parametrize(
    ("endpoint", "values", "said"),
    [
        ("shop.baskets", {}, "endpoint 'shop.baskets'. Did you mean 'shop.basket' instead?"),
        ("shop.gone", {"pk": 1}, "endpoint 'shop.gone' with values ['pk']. Did you mean"),
        ("basket", {"pk": 1}, "endpoint 'basket' with values ['pk']. Did you mean"),
        ("shop.basket", {}, "endpoint 'shop.basket'. Did you forget to specify values ['pk']?"),
        (
            "shop.basket",
            {"id": 1},
            "endpoint 'shop.basket' with values ['id']. Did you forget to specify values ['pk']?",
        ),
    ],
)
def test_flask_raises(app, endpoint, values, said):
    with pytest.raises(BuildError, match="Could not build url for ") as raised:
        url_for(endpoint, **values)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("endpoint", "values", "url"),
    [
        ("shop.basket", {"pk": 1, "more": 2}, "/basket/1?more=2"),
        ("shop.few", {}, "/few"),
        (".index", {}, "/"),
        ("static", {"filename": "a.css"}, "/static/a.css"),
    ],
)
def test_flask_builds(app, endpoint, values, url):
    assert url_for(endpoint, **values) == url
