"""What query-in-loop says is what Django and SQLAlchemy ask of the database."""

import pytest
from sqlalchemy import ForeignKey, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("query-in-loop")
URLS = """
from app.views import books
from django.urls import path

urlpatterns = [path("books", books)]
"""
ASK = """
from app.models import Author, Book
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

for number in range(ROWS):
    Book.objects.create(title=str(number), author=Author.objects.create(name=str(number)))
with CaptureQueriesContext(connection) as asked:
    assert len(Client().get("/books").json()) == ROWS
print(len(asked))
"""


@pytest.mark.parametrize(("section", "rows", "queries"), [("Bad", 3, 4), ("Bad", 7, 8), ("Good", 3, 1), ("Good", 7, 1)])
def test_django_asks_once_for_each_row(tmp_path, section, rows, queries):
    files = {**example(RULE, section), "urls.py": URLS}
    assert run_django(tmp_path, files, ASK.replace("ROWS", str(rows))).printed.strip() == str(queries)


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    messages: Mapped[list["Message"]] = relationship(back_populates="author")


class Message(Base):
    __tablename__ = "messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    author: Mapped[User] = relationship(back_populates="messages")


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(User(messages=[Message(), Message()]) for _ in range(5))
        session.commit()
        yield session
    engine.dispose()


def asked(session, work):
    statements = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    work()
    return len(statements)


@pytest.mark.parametrize(("options", "queries"), [((), 6), ((selectinload(User.messages),), 2)])
def test_sqlalchemy_asks_once_for_each_row(session, options, queries):
    statement = select(User).options(*options)
    assert asked(session, lambda: [len(user.messages) for user in session.scalars(statement)]) == queries


def test_one_related_row_that_the_session_holds_costs_nothing(session):
    def work():
        users = session.scalars(select(User)).all()
        authors = [message.author for message in session.scalars(select(Message))]
        assert authors[0] is users[0]

    assert asked(session, work) == 2


SERIALIZED = {
    "app/models.py": """
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=50)


class Tag(models.Model):
    name = models.CharField(max_length=50)


class Book(models.Model):
    title = models.CharField(max_length=50)
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    tags = models.ManyToManyField(Tag)


class Cover(models.Model):
    book = models.OneToOneField(Book, on_delete=models.CASCADE)
""",
    "app/serializers.py": """
from app.models import Author, Book, Cover, Tag
from rest_framework import serializers


class AuthorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Author
        fields = ["name"]


class CoverSerializer(serializers.ModelSerializer):
    title = serializers.CharField(source="book.title")

    class Meta:
        model = Cover
        fields = ["title"]


class BookSerializer(serializers.ModelSerializer):
    FIELD

    class Meta:
        model = Book
        fields = ["field"]

    def get_field(self, book):
        return book.author.name
""",
}
SERIALIZE = """
from app.models import Author, Book, Cover
from app.serializers import BookSerializer
from django.db import connection
from django.test.utils import CaptureQueriesContext

for number in range(5):
    Cover.objects.create(book=Book.objects.create(title="a", author=Author.objects.create(name="a")))
with CaptureQueriesContext(connection) as asked:
    assert len(BookSerializer(ROWS, many=True).data) == 5
print(len(asked))
"""


@pytest.mark.parametrize(
    ("field", "rows", "queries"),
    [
        ('serializers.PrimaryKeyRelatedField(source="author", read_only=True)', "Book.objects.all()", 1),
        ('serializers.CharField(source="author.name")', "Book.objects.all()", 6),
        ('serializers.CharField(source="author.name", write_only=True)', "Book.objects.all()", 1),
        ('AuthorSerializer(source="author")', "Book.objects.all()", 6),
        ('AuthorSerializer(source="author")', "Book.objects.select_related('author')", 1),
        ('serializers.StringRelatedField(source="author")', "Book.objects.all()", 6),
        ('serializers.SlugRelatedField(source="author", slug_field="name", read_only=True)', "Book.objects.all()", 6),
        ('serializers.PrimaryKeyRelatedField(source="tags", many=True, read_only=True)', "Book.objects.all()", 6),
        ('serializers.PrimaryKeyRelatedField(source="tags", many=True, read_only=True)',
         "Book.objects.prefetch_related('tags')", 2),
        ("serializers.SerializerMethodField()", "Book.objects.all()", 6),
        ('CoverSerializer(source="cover")', "Book.objects.all()", 6),
        ('CoverSerializer(source="cover")', "Book.objects.select_related('cover')", 1),
    ],
)  # fmt: skip
def test_a_serializer_asks_once_for_each_row(tmp_path, field, rows, queries):
    pytest.importorskip("rest_framework")
    files = {path: text.replace("FIELD", f"field = {field}") for path, text in SERIALIZED.items()}
    assert int(run_django(tmp_path, files, SERIALIZE.replace("ROWS", rows)).printed.strip()) == queries
