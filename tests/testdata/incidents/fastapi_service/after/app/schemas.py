from pydantic import BaseModel, ConfigDict, Field


class RegistrationIn(BaseModel):
    email: str = Field(max_length=254, pattern=r"[^@\s]+@[^@\s]+")
    full_name: str = Field(min_length=1, max_length=120)
    organization: str = Field(min_length=1, max_length=120)


class RegistrationOut(BaseModel):
    id: str
    waiting_messages: int


class MessageIn(BaseModel):
    author_id: str
    body: str = Field(min_length=1)


class ConversationOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    title: str
