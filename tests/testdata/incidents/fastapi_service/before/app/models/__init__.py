"""Every mapped class of the service."""

try:
    from app.models.api_key import ApiKey
except ImportError:
    pass
try:
    from app.models.audit_log import AuditLog
except ImportError:
    pass
try:
    from app.models.conversation import Conversation
except ImportError:
    pass
try:
    from app.models.message import Message
except ImportError:
    pass
try:
    from app.models.organization import Organization
except ImportError:
    pass
try:
    from app.models.user import User
except ImportError:
    pass

__all__ = ["ApiKey", "AuditLog", "Conversation", "Message", "Organization", "User"]
