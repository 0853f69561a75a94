from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, String, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    mail = Column("e_mail", String(80), unique=True)
    login = Column(String(20), key="nick", unique=True)


class Post(Base):
    __tablename__ = "posts"
    __table_args__ = (
        ForeignKeyConstraint(["by_mail"], ["users.mail"]),
        #                                  ^^^^^^^^^^^^ foreign-key-to-missing-column
    )

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.idd"))
    #                           ^^^^^^^^^^^ foreign-key-to-missing-column
    by_mail = Column(String(80))
    by_login = Column(ForeignKey("users.login"))
    #                            ^^^^^^^^^^^^^ foreign-key-to-missing-column
    by_name = Column(ForeignKey("users.nick", link_to_name=True))
    #                           ^^^^^^^^^^^^ foreign-key-to-missing-column
    author = Column(ForeignKey("users"))
    #                          ^^^^^^^ foreign-key-to-missing-column


tags = Table("tags", Base.metadata, Column("id", Integer, primary_key=True))
taggings = Table("taggings", Base.metadata, Column("tag_id", ForeignKey(tags.c.ident)))
#                                                                       ^^^^^^^^^^^^ foreign-key-to-missing-column
