from sqlalchemy.orm import Session

from app.models import AuditLog, User


def record(db: Session, user: User, action: str, detail: str = "") -> None:
    db.add(AuditLog(user_id=user.id, action=action, detail=detail))
    db.commit()
