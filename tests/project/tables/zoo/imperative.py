"""Tables first, classes mapped to them by a call; dataclasses; classes made by code."""

from dataclasses import dataclass, field

from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import registry, relationship

mapper_registry = registry()
metadata = mapper_registry.metadata

users = Table(
    "imp_users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(50), nullable=False),
    Column("boss", ForeignKey("imp_users.id")),
)
addresses = Table(
    "imp_addresses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey(users.c.id, ondelete="CASCADE")),
    schema="attic",
)


class User:
    pass


class Address:
    pass


mapper_registry.map_imperatively(
    User, users, properties={"full_name": users.c.name, "addresses": relationship(Address, back_populates="user")}
)
mapper_registry.map_imperatively(Address, addresses, properties={"user": relationship(User, back_populates="addresses")})


@mapper_registry.mapped
@dataclass
class Parcel:
    __tablename__ = "imp_parcel"
    __sa_dataclass_metadata_key__ = "sa"

    id: int = field(init=False, metadata={"sa": Column(Integer, primary_key=True)})
    label: str = field(default="", metadata={"sa": Column(String(20), nullable=False)})
    user_id: int = field(default=0, metadata={"sa": Column(ForeignKey("imp_users.id"))})


Base = mapper_registry.generate_base()

for kind in ("cat", "dog"):
    Table(f"imp_{kind}_toys", metadata, Column(f"{kind}_id", ForeignKey(f"imp_{kind}.id"), primary_key=True))


def animal(kind):
    class Animal(Base):
        __tablename__ = f"imp_{kind}"

        id = Column(Integer, primary_key=True)
        user_id = Column(ForeignKey("imp_users.id"))

    return Animal


Cat = animal("cat")
Dog = animal("dog")
Bird = type("Bird", (Base,), {"__tablename__": "imp_bird", "id": Column(Integer, primary_key=True)})
