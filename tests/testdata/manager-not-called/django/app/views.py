from django.shortcuts import render

from app.models import Author, Book


def book(request, pk):
    return render(request, "book.html", {"book": Book.objects.get(pk=pk), "tags": {"tags": [1]}})


def either(request, pk):
    if pk:
        return render(request, "either.html", {"thing": {"tags": [1]}})
    return render(request, "either.html", {"thing": Book.objects.get(pk=pk)})


def author(request, pk):
    return render(request, "author.html", {"author": Author.objects.get(pk=pk)})
