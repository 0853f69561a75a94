from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import get_db
from app.models import Conversation, Message, User
from app.models.attachment import Attachment
from app.schemas import ConversationOut, MessageIn

router = APIRouter(prefix="/conversations")


@router.get("/")
def conversations(organization_id: int, db: Session = Depends(get_db)) -> list[ConversationOut]:
    rows = db.scalars(select(Conversation).filter_by(organization_id=organization_id).order_by(Conversation.id))
    return [ConversationOut.model_validate(row) for row in rows]


@router.post("/{conversation_id}/messages", status_code=201)
def post(conversation_id: int, payload: MessageIn, db: Session = Depends(get_db)) -> dict[str, int]:
    conversation, author = db.get(Conversation, conversation_id), db.get(User, payload.author_id)
    if conversation is None or author is None:
        raise HTTPException(404, "no such conversation or author")
    message = conversation.post(author, payload.body)
    db.commit()
    return {"id": message.id}


@router.get("/{conversation_id}/attachments")
def attachments(conversation_id: int, db: Session = Depends(get_db)) -> list[str]:
    if db.get(Conversation, conversation_id) is None:
        raise HTTPException(404, "no such conversation")
    names = select(Attachment.filename).join(Message, Attachment.message_id == Message.id)
    return list(db.scalars(names.where(Message.conversation_id == conversation_id).order_by(Attachment.id)))
