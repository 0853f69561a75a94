from models import Base
from sqlalchemy.orm import Mapped, mapped_column


class Tag(Base):
    __tablename__ = "labels"

    id: Mapped[int] = mapped_column(primary_key=True)
