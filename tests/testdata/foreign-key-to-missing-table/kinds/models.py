from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, MetaData, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry

PREFIX = "acc"


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "acc_accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String(2), unique=True)


class Owned:
    @declared_attr
    def account_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("acc_acounts.id"))
        #                               ^^^^^^^^^^^^^^^^ foreign-key-to-missing-table


class Invoice(Owned, Base):
    __tablename__ = "invoices"
    __table_args__ = (
        ForeignKeyConstraint(["region"], ["regions.code"]),
        #                                 ^^^^^^^^^^^^^^ foreign-key-to-missing-table
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String(2))
    by_class: Mapped[int] = mapped_column(ForeignKey("Account.id"))
    #                                                ^^^^^^^^^^^^ foreign-key-to-missing-table
    bare: Mapped[int] = mapped_column(ForeignKey("accounts"))
    #                                            ^^^^^^^^^^ foreign-key-to-missing-table
    computed: Mapped[int] = mapped_column(ForeignKey(f"{PREFIX}_payments.id"))
    #                                                ^^^^^^^^^^^^^^^^^^^^^^^ foreign-key-to-missing-table
    parts: Mapped[int] = mapped_column(ForeignKey(("nowhere", "id")))
    #                                             ^^^^^^^^^^^^^^^^^ foreign-key-to-missing-table


class Payment(Owned, Base):
    __tablename__ = "payments"

    id: Mapped[int] = mapped_column(primary_key=True)


mapper_registry = registry()
users = Table("core_users", mapper_registry.metadata, Column("id", Integer, primary_key=True))
posts = Table(
    "core_posts",
    mapper_registry.metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("core_user.id")),
    #                            ^^^^^^^^^^^^^^ foreign-key-to-missing-table
)
stray = Table("stray", MetaData(), Column("user_id", ForeignKey("core_users.id")))
#                                                               ^^^^^^^^^^^^^^^ foreign-key-to-missing-table
