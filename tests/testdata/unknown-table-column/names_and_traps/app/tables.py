import django_tables2 as tables
from unread import UnreadTable

from app.models import Book, Chapter


class Own(tables.Column):
    def render(self, value):
        return value


class BookTable(tables.Table):
    title = tables.Column()
    writer = tables.Column(accessor="author__name")
    old = tables.Column(accessor="author.name")
    wrong = tables.Column(accessor="author__names")
    #                              ^^^^^^^^^^^^^^^ unknown-table-column
    letter = tables.Column(accessor="shelf")
    chapters = tables.Column()
    buttons = tables.Column(empty_values=())
    links = tables.TemplateColumn("")
    own = Own(accessor="nobody.knows")
    made = tables.Column()

    class Meta:
        model = Book
        fields = ["title", "author", "shelf", "chapter_set", "titel", "old", "pk"]
        #                                                    ^^^^^^^ unknown-table-column

    def render_made(self, record):
        return record.title


class Elsewhere(tables.Table):
    """Rows of another class."""

    name = tables.Column()
    size = tables.Column()

    class Meta:
        model = Chapter
        fields = ["name", "size"]


class Open(UnreadTable, tables.Table):
    class Meta:
        model = Book
        fields = ["nobody_knows"]
