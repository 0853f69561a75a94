import secrets

from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import audit, mailer
from app.database import get_db
from app.models import Conversation, Message, Organization, User
from app.schemas import RegistrationIn, RegistrationOut

router = APIRouter()


def find_organization(db: Session, name: str) -> Organization:
    organization = db.scalar(select(Organization).where(Organization.name == name))
    if organization is None:
        organization = Organization(name=name)
        db.add(organization)
    return organization


@router.post("/register", status_code=201)
def register(payload: RegistrationIn, background: BackgroundTasks, db: Session = Depends(get_db)) -> RegistrationOut:
    if db.scalar(select(User).where(User.email == payload.email)):
        raise HTTPException(409, "this address is registered already")
    user = User(email=payload.email, full_name=payload.full_name, verification_token=secrets.token_urlsafe(32))
    user.organization = find_organization(db, payload.organization)
    db.add(user)
    db.flush()
    audit.record(db, user.id, "registered", payload.organization)
    db.commit()

    waiting = db.scalar(
        select(func.count(Message.id))
        .join(Message.conversation)
        .where(Conversation.organization_id == user.organization_id)
    )
    background.add_task(mailer.send_verification, user.email, user.first_name, user.verification_token)
    return RegistrationOut(id=user.id, waiting_messages=waiting)


@router.get("/verify/{token}")
def verify(token: str, db: Session = Depends(get_db)) -> dict[str, str]:
    user = db.scalar(select(User).where(User.verification_token == token))
    if user is None:
        raise HTTPException(404, "unknown token")
    user.is_verified = True
    user.verification_token = None
    db.commit()
    return {"id": user.id}
