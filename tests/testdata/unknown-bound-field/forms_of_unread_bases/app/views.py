from django.shortcuts import render

from app.forms import TalkForm


def talk(request):
    return render(request, "app/talk.html", {"form": TalkForm(request.POST)})
