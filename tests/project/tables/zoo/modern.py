"""Annotations, `mapped_column` and `Annotated`."""

from __future__ import annotations

import datetime
import enum
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, List, Optional, Set, Union

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, MetaData, String
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import (
    DeclarativeBase,
    DynamicMapped,
    Mapped,
    MappedAsDataclass,
    WriteOnlyMapped,
    composite,
    declared_attr,
    mapped_column,
    query_expression,
    relationship,
)

if TYPE_CHECKING:
    from zoo.classic import Team

intpk = Annotated[int, mapped_column(primary_key=True)]
name40 = Annotated[str, mapped_column(String(40), index=True)]
user_ref = Annotated[int, mapped_column(ForeignKey("app.modern_user.id", ondelete="CASCADE"))]
maybe = Optional[str]


class Color(enum.Enum):
    RED = 1


class Base(DeclarativeBase):
    metadata = MetaData(schema="app")
    type_annotation_map = {dict[str, Any]: JSON, int: BigInteger}

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return "modern_" + "".join(f"_{c.lower()}" if c.isupper() else c for c in cls.__name__).lstrip("_")


class Keyed(Base):
    __abstract__ = True

    id: Mapped[intpk]
    uid: Mapped[uuid.UUID] = mapped_column(unique=True)


class Tracked:
    made: Mapped[datetime.datetime]
    seen: Mapped[Optional[datetime.datetime]]

    @declared_attr
    def maker_id(cls) -> Mapped[Optional[int]]:
        return mapped_column(ForeignKey("modern_user.id"))

    @declared_attr
    def maker(cls) -> Mapped[Optional[User]]:
        return relationship(foreign_keys=lambda: cls.maker_id)


class User(Keyed):
    name: Mapped[name40]
    nick: Mapped[maybe]
    age: Mapped[int | None]
    mail: Mapped["str"] = mapped_column("e_mail", String(80))
    color: Mapped[Color]
    extra: Mapped[dict[str, Any]]
    balance: Mapped[Decimal] = mapped_column(nullable=True)
    required: Mapped[Optional[str]] = mapped_column(nullable=False)
    loose = mapped_column(String(5))
    limit: ClassVar[int] = 5
    counted: Mapped[int] = query_expression()

    posts: Mapped[List[Post]] = relationship(back_populates="author", foreign_keys="Post.author_id")
    bundles: WriteOnlyMapped[Bundle] = relationship()
    loads: DynamicMapped[Bundle] = relationship(overlaps="bundles")
    profile: Mapped[Optional["Profile"]] = relationship(back_populates="user")
    titles: AssociationProxy[list[str]] = association_proxy("posts", "title")


class Post(Tracked, Keyed):
    __table_args__ = (Index("ix_title", "title"),)

    title: Mapped[str]
    author_id: Mapped[user_ref]
    author: Mapped[User] = relationship(back_populates="posts", foreign_keys="Post.author_id")
    tags: Mapped[Set[Tag]] = relationship(secondary="app.modern_post_tag")


class Profile(Keyed):
    user_id: Mapped[user_ref] = mapped_column(unique=True)
    user: Mapped[User] = relationship(back_populates="profile", single_parent=True)
    lost: Mapped[Union[str, None]]


class Tag(Base):
    name: Mapped[str] = mapped_column(primary_key=True)


class PostTag(Base):
    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id), primary_key=True)
    tag: Mapped[str] = mapped_column(ForeignKey("modern_tag.name"), primary_key=True)


class Bundle(Keyed):
    __table_args__ = {"schema": "store"}

    user_id: Mapped[int] = mapped_column(ForeignKey("app.modern_user.id"))
    next_id: Mapped[Optional[int]] = mapped_column(ForeignKey("store.modern_bundle.id"))
    next: Mapped[Optional["Bundle"]] = relationship(remote_side="Bundle.id")
    x: Mapped[int]
    y: Mapped[int]
    point = composite(lambda x, y: (x, y), "x", "y")


class Data(MappedAsDataclass, DeclarativeBase):
    pass


class Item(Data):
    __tablename__ = "data_item"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    name: Mapped[str] = mapped_column(default="x")
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("data_item.id"), default=None)
    children: Mapped[list[Item]] = relationship(default_factory=list, back_populates="parent")
    parent: Mapped[Optional[Item]] = relationship(default=None, remote_side=[id], back_populates="children")
