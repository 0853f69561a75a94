from models import Order
from sqlalchemy.ext.asyncio import AsyncSession


async def made(session: AsyncSession, title):
    order = Order(title=title)
    session.add(order)
    await session.commit()
    return order.id
