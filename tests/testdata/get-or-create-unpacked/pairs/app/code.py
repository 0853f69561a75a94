from app.models import Profile


def right():
    profile, made = Profile.objects.get_or_create(name="a")
    profile.save()
    pair = Profile.objects.update_or_create(name="a")
    pair[0].save()
    pair.count(made)
    profile = Profile.objects.get_or_create(name="a")[0]
    profile.locale = "de"


def saved():
    profile = Profile.objects.get_or_create(name="a")
#   ^^^^^^^ get-or-create-unpacked
    profile.save()


def changed():
    profile = Profile.objects.get_or_create(name="a")
#   ^^^^^^^ get-or-create-unpacked
    profile.locale = "de"


def read():
    profile = Profile.objects.update_or_create(name="a", defaults={"locale": "fr"})
#   ^^^^^^^ get-or-create-unpacked
    if profile.locale:
        return profile.name


def at_once():
    return Profile.objects.get_or_create(name="a").name
    #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get-or-create-unpacked
