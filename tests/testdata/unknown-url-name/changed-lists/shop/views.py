from django.urls import reverse


def page(request):
    reverse("plugins:chart")
    reverse("pages:about")
    reverse("made:page-about")
    return reverse("about")
    #              ^^^^^^^ unknown-url-name
