import socket
from urllib.request import urlopen

from flask import Flask

app = Flask(__name__)
socket.setdefaulttimeout(10)


@app.route("/feed")
def feed():
    return urlopen("https://example.com").read()
