from app.models import Draft, Message, User
from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

router = APIRouter()


@router.get("/counts")
def counts(db: Session):
    return [len(user.messages) for user in db.scalars(select(User).where(User.id > 3))]
#                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-loop


@router.get("/old")
def old(db: Session):
    total = 0
    users = db.query(User).filter(User.id > 3).order_by(User.id).all()
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-loop
    for user in users:
        total += len(user.messages)
    return total


@router.get("/authors")
def authors(db: Session):
    return [message.author.id for message in db.execute(select(Message)).scalars().all()]
#                                                       ^^^^^^^^^^^^^^^ query-in-loop


@router.get("/loaded")
def loaded(db: Session):
    found = [len(user.messages) for user in db.scalars(select(User).options(selectinload(User.messages)))]
    found += [len(user.messages) for user in db.query(User).options(joinedload("*")).all()]
    found += [len(user.drafts) for user in db.scalars(select(User))]
    found += [len(user.messages) for user in db.scalars(select(User).limit(3))]
    return found


@router.get("/in-the-session")
def in_the_session(db: Session, author_id: int):
    names = [message.author.id for message in db.scalars(select(Message).where(Message.author_id == author_id))]
    return names + [message.author.id for message in db.scalars(select(Message).filter_by(author_id=author_id))]


@router.get("/named")
def named(db: Session):
    users = db.scalars(select(User)).all()
    return len(users), [draft.author.id for draft in db.scalars(select(Draft))]


@router.get("/written")
def written(db: Session):
    for user in db.scalars(select(User)):
        user.messages.append(Message())
    for user in db.scalars(select(User)):
        if user.messages:
            db.delete(user)
    db.commit()


def nobody_waits(db: Session):
    return [len(user.messages) for user in db.scalars(select(User))]
