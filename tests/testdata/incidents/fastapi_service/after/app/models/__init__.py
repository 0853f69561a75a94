"""Every mapped class of the service."""

from app.models.api_key import ApiKey
from app.models.attachment import Attachment
from app.models.audit_log import AuditLog
from app.models.conversation import Conversation
from app.models.message import Message
from app.models.organization import Organization
from app.models.user import User

__all__ = ["ApiKey", "Attachment", "AuditLog", "Conversation", "Message", "Organization", "User"]
