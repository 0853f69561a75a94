import uuid

from company.types import Key
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, SmallInteger, String, Text, Uuid
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import CHAR, TypeDecorator


class Base(DeclarativeBase):
    pass


class GUID(TypeDecorator):
    impl = CHAR

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.UUID())
        return dialect.type_descriptor(CHAR(32))


class Organization(Base):
    __tablename__ = "organizations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name = Column(String(50), unique=True)
    token: Mapped[uuid.UUID] = mapped_column(unique=True)
    guid = Column(GUID, unique=True)
    key = Column(Key, unique=True)
    varying = Column(Integer().with_variant(String, "mysql"), unique=True)


class ApiKey(Base):
    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    big = Column(BigInteger, ForeignKey("organizations.id"))
    small = Column(SmallInteger, ForeignKey("organizations.id"))
    text = Column(Text, ForeignKey("organizations.name"))
    annotated: Mapped[str] = mapped_column(ForeignKey("organizations.id"))  # an integer: the annotation does not count
    uuid = Column(postgresql.UUID(as_uuid=True), ForeignKey("organizations.token"))
    guid = Column(Uuid, ForeignKey("organizations.guid"))
    key = Column(String, ForeignKey("organizations.key"))
    varying = Column(String, ForeignKey("organizations.varying"))
