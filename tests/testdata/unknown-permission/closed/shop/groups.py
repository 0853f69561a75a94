from django.contrib.auth.models import Group, Permission


def make_staff():
    staff = Group.objects.create(name="staff")
    staff.permissions.set(Permission.objects.filter(codename__startswith="add_"))
