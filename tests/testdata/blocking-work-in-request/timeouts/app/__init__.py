import smtplib
import urllib.request
from urllib.request import urlopen

import requests
from flask import Blueprint, Flask
from requests import post

app = Flask(__name__)
pages = Blueprint("pages", __name__)


@app.route("/feed")
def feed():
    options = {"timeout": 3}
    requests.get("https://example.com", **options)
    requests.get("https://example.com", timeout=3)
    urlopen("https://example.com", None, 3)
    smtplib.SMTP("mail.example.com", 25, None, 3)
    smtplib.SMTP()
    urllib.request.urlopen("https://example.com")
#   ^^^^^^^^^^^^^^^^^^^^^^ blocking-work-in-request
    return requests.get("https://example.com").text
#          ^^^^^^^^^^^^ blocking-work-in-request


@pages.get("/login")
def login():
    return _token()


def _token():
    return post("https://example.com/token")
#          ^^^^ blocking-work-in-request


@app.cli.command()
def refresh():
    return requests.get("https://example.com").text


def nobody_asks():
    return requests.get("https://example.com").text


class Cache:
    def route(self, path):
        return lambda function: function


cache = Cache()


@cache.route("/")
def no_route():
    return requests.get("https://example.com").text


@pages.get("/handed-on")
def handed_on(pool):
    pool.submit(later, 1)
    pool.submit(lambda: later(2))
    return ""


def later(number):
    return requests.get(f"https://example.com/{number}")
