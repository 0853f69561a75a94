import logging

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.models import AuditLog

logger = logging.getLogger(__name__)


def record(db: Session, user_id: str, action: str, detail: str = "") -> None:
    """Add an audit row to the caller's transaction; a failure is logged and costs nobody their request."""
    try:
        with db.begin_nested():
            db.add(AuditLog(user_id=user_id, action=action, detail=detail))
    except SQLAlchemyError:
        logger.exception("no audit row for %s of %s", action, user_id)
