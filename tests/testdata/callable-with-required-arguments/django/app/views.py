from django.shortcuts import render

from app.models import Book


def book(request, pk):
    return render(request, "book.html", {"book": Book.objects.get(pk=pk)})
