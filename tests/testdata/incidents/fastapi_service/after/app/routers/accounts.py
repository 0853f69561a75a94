from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.database import get_db
from app.models import Conversation, User
from app.templating import templates

router = APIRouter(prefix="/accounts")


@router.get("/{user_id}", response_class=HTMLResponse)
def account(request: Request, user_id: str, db: Session = Depends(get_db)) -> HTMLResponse:
    user = db.get(User, user_id)
    if user is None:
        raise HTTPException(404, "no such account")
    conversations = db.scalars(
        select(Conversation)
        .where(Conversation.user_id == user.id)
        .options(selectinload(Conversation.messages), selectinload(Conversation.participants))
        .order_by(Conversation.created_at.desc())
    ).all()
    return templates.TemplateResponse(request, "account.html", {"user": user, "conversations": conversations})
