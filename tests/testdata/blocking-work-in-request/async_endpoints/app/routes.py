import asyncio

from app import clients
from app.clients import Hooks, send
from fastapi import APIRouter, BackgroundTasks

router = APIRouter()
hooks = Hooks()


@router.post("/direct")
async def direct(address: str):
    send(address)
#   ^^^^^^^^^^^^^ blocking-work-in-request
    return {}


@router.post("/further")
async def further(address: str):
    if address:
        return {"sent": clients.outer(address)}
#                       ^^^^^^^^^^^^^^^^^^^^^^ blocking-work-in-request
    return {"weather": clients.weather()}
#                      ^^^^^^^^^^^^^^^^^ blocking-work-in-request


@router.post("/methods")
async def methods():
    hooks.send("a")
#   ^^^^^^^^^^^^^^^ blocking-work-in-request
    local = Hooks()
    return [local.send(name) for name in ("b", "c")]
#           ^^^^^^^^^^^^^^^^ blocking-work-in-request


@router.post("/handed-on")
async def handed_on(address: str, background: BackgroundTasks):
    background.add_task(send, address)
    await asyncio.to_thread(send, address)
    await asyncio.get_running_loop().run_in_executor(None, lambda: send(address))

    def later():
        send(address)

    background.add_task(later)
    return {}


@router.post("/not-certain")
async def not_certain(address: str, hooks, send):
    send(address)
    hooks.send(address)
    clients.too_far_away(address)
    clients.keys()
    clients.lines()
    clients.connection()
    clients.only_made()
    clients.in_a_lambda(None, address)
    clients.inner(None, address)
    return await clients.async_weather()


@router.post("/thread")
def in_a_thread(address: str):
    send(address)
    return clients.weather()


async def no_endpoint(address):
    send(address)
#   ^^^^ blocking-call-in-async
