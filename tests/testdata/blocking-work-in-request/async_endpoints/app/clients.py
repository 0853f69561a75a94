import contextlib
import functools
import smtplib
import urllib.request

import httpx
import requests


class Hooks:
    base = "https://example.com"

    def send(self, name):
        return self._post(f"{self.base}/{name}")

    def _post(self, url):
        return requests.post(url, timeout=5)


def send(address):
    with smtplib.SMTP("mail.example.com", 25, timeout=10) as server:
        server.sendmail("me@example.com", address, "hello")


def outer(address):
    return middle(address)


def middle(address):
    return send(address)


def too_far_away(address):
    return outer(address)


def weather():
    return httpx.get("https://example.com/weather").json()


async def async_weather():
    async with httpx.AsyncClient() as client:
        return await client.get("https://example.com/weather")


def lines():
    yield urllib.request.urlopen("https://example.com")


@contextlib.contextmanager
def connection():
    yield smtplib.SMTP("mail.example.com")


@functools.cache
def keys():
    return requests.get("https://example.com/keys").json()


def only_made():
    return smtplib.SMTP(timeout=3)


def in_a_lambda(pool, address):
    pool.submit(lambda: send(address))


def inner(pool, address):
    def work():
        send(address)

    pool.submit(work)
