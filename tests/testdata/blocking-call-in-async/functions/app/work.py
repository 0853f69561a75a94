import asyncio
import smtplib
import time
from time import sleep

import requests


async def waits(url):
    time.sleep(1)
#   ^^^^^^^^^^ blocking-call-in-async
    sleep(1)
#   ^^^^^ blocking-call-in-async
    with smtplib.SMTP("mail.example.com", 25, timeout=3) as server:
#        ^^^^^^^^^^^^ blocking-call-in-async
        server.noop()
    return [requests.get(url, timeout=3) for _ in range(3)]
#           ^^^^^^^^^^^^ blocking-call-in-async


async def outer(url):
    async def inner():
        return requests.post(url, timeout=3)
#              ^^^^^^^^^^^^^ blocking-call-in-async

    return await inner()


async def lets_others_run(url, sleep):
    await asyncio.sleep(1)
    await sleep(1)
    await asyncio.to_thread(time.sleep, 1)
    await asyncio.to_thread(lambda: requests.get(url, timeout=3))

    def work():
        time.sleep(1)
        return requests.get(url, timeout=3)

    return await asyncio.to_thread(work)


def sync():
    time.sleep(1)


class Provider:
    def names(self):
        return requests.get("https://example.com/", timeout=3).json()

    async def names_async(self):
        return self.names()
#              ^^^^^^^^^^ blocking-call-in-async

    async def names_in_a_thread(self):
        return await asyncio.to_thread(self.names)

    async def names_later(self):
        return [lambda: self.names()]
