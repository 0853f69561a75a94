from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Table, func
from sqlalchemy.orm import relationship

from app.database import Base


participants = Table(
    "conversation_participants",
    Base.metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ForeignKey("users_v2.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Conversation(Base):
    __tablename__ = "conversations"

    id = Column(Integer, primary_key=True)
    title = Column(String(200), nullable=False)
    user_id = Column(String, ForeignKey("users.id"))
    organization_id = Column(Integer, ForeignKey("organizations.id"), index=True)
    created_at = Column(DateTime(timezone=True), server_default=func.now(), nullable=False)

    owner = relationship("User")
    organization = relationship("Organization", back_populates="conversations")
    participants = relationship("User", secondary=participants, order_by="User.full_name")
    messages = relationship("Message", back_populates="conversation", order_by="Message.sent_at")

    def post(self, author, body):
        message = Message(author=author, body=body)
        self.messages.append(message)
        return message


from app.models.message import Message  # noqa: E402
