from sqlalchemy import Column, Integer

import app.typed
from app.base import Base


class Lazy(Base):
    __tablename__ = "lazy"

    id = Column(Integer, primary_key=True)

    def typed(self):
        from app.users import User

        return app.typed.Typed(id=self.id), User
