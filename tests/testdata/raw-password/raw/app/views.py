from django.contrib.auth import get_user_model
from django.utils.crypto import get_random_string

from app.models import Member

User = get_user_model()


def register(request):
    Member.objects.create(username="a", password=request.POST["password"])
#                                       ^^^^^^^^ raw-password
    Member.objects.create(username="b", password=request.POST.get("password1"))
#                                       ^^^^^^^^ raw-password
    Member(username="c", password="welcome").save()
#                        ^^^^^^^^ raw-password
    User.objects.get_or_create(username="d", defaults={"password": get_random_string(12)})
#                                                      ^^^^^^^^^^ raw-password


def change(request, form):
    user = Member.objects.get(pk=1)
    password = form.cleaned_data["password"]
    user.password = password
#   ^^^^^^^^^^^^^ raw-password
    user.save()
