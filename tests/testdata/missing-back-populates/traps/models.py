from company.mixins import Owning
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, declared_attr, relationship

Base = declarative_base()


class HasComments:
    @declared_attr
    def comments(cls):
        return relationship("Comment", back_populates=cls.__name__.lower())


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    posts = relationship("Post", back_populates="author")


class Post(HasComments, Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("users.id"))
    author = relationship("User", back_populates="posts")


class Comment(Base):
    __tablename__ = "comments"

    id = Column(Integer, primary_key=True)
    post_id = Column(ForeignKey("posts.id"))
    user_id = Column(ForeignKey("users.id"))
    strange_id = Column(ForeignKey("strange.id"))
    post = relationship(Post, back_populates="comments")
    user = relationship(User, back_populates="comments")
    strange = relationship("Strange", back_populates="comments")


User.comments = relationship(Comment, back_populates="user")


class Strange(Owning, Base):
    __tablename__ = "strange"

    id = Column(Integer, primary_key=True)


class Node(Base):
    __tablename__ = "nodes"

    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("nodes.id"))
    children = relationship("Node", back_populates="parent")
    parent = relationship("Node", back_populates="children", remote_side=[id])


class Company(Base):
    __tablename__ = "companies"

    id = Column(Integer, primary_key=True)
    staff = relationship("Employee", back_populates="company")
    managers = relationship("Manager", back_populates="company", overlaps="staff,company")


class Employee(Base):
    __tablename__ = "employees"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "employee"}

    id = Column(Integer, primary_key=True)
    kind = Column(Integer)
    company_id = Column(ForeignKey("companies.id"))
    company = relationship(Company, back_populates="staff")


class Manager(Employee):
    __mapper_args__ = {"polymorphic_identity": "manager"}

    company = relationship(Company, back_populates="managers", overlaps="company,staff")


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)
    post_id = Column(ForeignKey("posts.id"))
    post = relationship(Post, backref="tags")


class TagLabel(Base):
    __tablename__ = "labels"

    id = Column(Integer, primary_key=True)
    tag_id = Column(ForeignKey("tags.id"))
    tag = relationship(Tag, back_populates=lambda: TagLabel.tag)
    missing = relationship("Unheard", back_populates="labels")  # its own rule says so
    #                      ^^^^^^^^^ unknown-relationship-target


class Draft(Base):
    __tablename__ = "drafts"

    id = Column(Integer, primary_key=True)
    post_id = Column(ForeignKey("posts.id"))
    post = relationship(Post, back_populates="")  # no name at all
