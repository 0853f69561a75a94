from django.views.generic import (
    ArchiveIndexView,
    CreateView,
    DetailView,
    ListView,
    UpdateView,
)

from app.forms import BookForm
from app.models import Author, Book


class BookList(ListView):
    model = Book
    ordering = ("-title", "author__nam")
    #                     ^^^^^^^^^^^^^ unknown-view-option
    page = 1


class BookDetail(DetailView):
    queryset = Book.objects.all()
    slug_field = "slugg"
    #            ^^^^^^^ unknown-view-option


class NewBook(CreateView):
    model = Book
    fields = ["title", "author", "created", "titel"]
    #                            ^^^^^^^^^ unknown-view-option
    #                                       ^^^^^^^ unknown-view-option


class ChangeBook(UpdateView):
    model = Book
    form_class = BookForm


class ByMethod(UpdateView):
    model = Book
    fields = ["price"]

    def get_form_class(self):
        return BookForm


class Archive(ArchiveIndexView):
    model = Book
    date_field = "created"


class Archive2(ArchiveIndexView):
    model = Author
    date_field = "created"
    #            ^^^^^^^^^ unknown-view-option
