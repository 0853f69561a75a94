from django.shortcuts import render

from app.models import Note


def note(request, pk):
    return render(request, "note.html", {"note": Note.objects.get(pk=pk)})
