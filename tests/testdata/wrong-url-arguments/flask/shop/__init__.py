from flask import Flask

from shop.baskets import baskets
from shop.places import places

app = Flask(__name__)
app.register_blueprint(baskets)
app.register_blueprint(places, url_prefix="/<country>")
