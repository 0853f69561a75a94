from sqlalchemy import Column, Integer

from app import Base  # the package binds it before it imports this module


class Late(Base):
    __tablename__ = "late"

    id = Column(Integer, primary_key=True)

    def later(self):
        return Later(id=self.id)


from app.later import Later  # noqa: E402  (the package imports this module first)
