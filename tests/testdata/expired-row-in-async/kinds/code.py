import logging

from models import Order, SessionDep, sessions
from sqlalchemy import select
from sqlalchemy.exc import MissingGreenlet
from sqlalchemy.ext.asyncio import AsyncSession

logger = logging.getLogger(__name__)


async def made(session: AsyncSession, title):
    order = Order(title=title)
    session.add(order)
    await session.commit()
    logger.info("made %s", order.id)
    #                      ^^^^^^^^ expired-row-in-async
    return order.title


async def asked(session: SessionDep, order_id):
    order = await session.get(Order, order_id)
    order.title = "b"
    await session.commit()
    return {"id": order.id, "title": order.title}
    #             ^^^^^^^^ expired-row-in-async


async def selected(session: AsyncSession, title):
    order = (await session.execute(select(Order).where(Order.title == title))).scalar_one()
    await session.commit()
    assert order.id
    #      ^^^^^^^^ expired-row-in-async
    return order


async def closed(title):
    async with sessions() as session:
        order = Order(title=title)
        session.add(order)
        await session.commit()
    return f"made {order.id}"
    #              ^^^^^^^^ expired-row-in-async


async def refreshed(session: AsyncSession, title):
    order = Order(title=title)
    session.add(order)
    await session.commit()
    await session.refresh(order)
    return order.id


async def read_before(session: AsyncSession, title):
    order = Order(title=title)
    session.add(order)
    await session.flush()
    order_id = order.id
    await session.commit()
    logger.info("made %s", order_id)
    return order_id


async def of_another(session: AsyncSession, other: AsyncSession, order_id):
    order = await other.get(Order, order_id)
    loose = Order(title="a")
    await session.commit()
    return order.id, loose.title


async def given(session: AsyncSession, order: Order):
    await session.commit()  # of which session it is, is not known
    return order.id


async def in_python(session: AsyncSession, title):
    order = Order(title=title)
    session.add(order)
    await session.commit()
    logger.info(order.shown)
    order = Order(title="another")
    return order.title


async def at_times(session: AsyncSession, title, is_sure):
    order = Order(title=title)
    session.add(order)
    if is_sure:
        await session.commit()
    return order.title


async def handed_on(session: AsyncSession, title, load):
    order = Order(title=title)
    session.add(order)
    await session.commit()
    load(order)
    return order.id


async def known(session: AsyncSession, title):
    order = Order(title=title)
    session.add(order)
    await session.commit()
    try:
        return order.id
    except MissingGreenlet:
        return None


def not_async(session, title):
    order = Order(title=title)
    session.add(order)
    session.commit()
    return order.id
