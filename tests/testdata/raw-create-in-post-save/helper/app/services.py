from .models import Desk


def assign_desk(owner, *, floor=1):
    Desk.objects.create(user=owner)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save


def assign_other_desk(owner):
    # no receiver calls it
    Desk.objects.create(user=owner)


def move(users):
    for user in users:
        assign_other_desk(user)
