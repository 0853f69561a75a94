from fastapi import FastAPI

from app.routers import accounts, conversations, registration

try:
    import uvloop
except ImportError:
    uvloop = None

app = FastAPI(title="Service")
app.include_router(registration.router)
app.include_router(accounts.router)
app.include_router(conversations.router)


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok", "loop": "uvloop" if uvloop else "asyncio"}
