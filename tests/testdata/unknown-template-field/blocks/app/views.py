from django.shortcuts import render

from app.models import Author, Book


def books(request):
    return render(request, "books.html", {"items": Book.objects.all(), "item": Author.objects.first()})


def shelf(request):
    return render(request, "shelf.html", {"items": Book.objects.select_related("author")})
