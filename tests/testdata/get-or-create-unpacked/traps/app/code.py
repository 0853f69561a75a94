from app.models import Profile, Settings


def of_its_own():
    settings = Settings.objects.get_or_create(name="a")
    settings.save()


def taken_apart(request):
    profile = Profile.objects.get_or_create(name="a")
    profile = profile[0]
    profile.save()
    if request:
        profile = Profile.objects.get_or_create(name="b")
        profile, made = profile
    profile.save()


def handed_on(use):
    profile = Profile.objects.get_or_create(name="a")
    use(*profile)
    return profile


def not_known(session, model):
    row = session.get_or_create(name="a")
    row.save()
    other = model.objects.get_or_create(name="a")
    other.save()


def looped(names):
    for profile in Profile.objects.get_or_create(name="a"):
        print(profile)
    for profile in Profile.objects.all():
        profile.save()


def waits_for_it():
    profile = Profile.objects.get_or_create(name="a")
    try:
        profile.save()
    except AttributeError:
        profile[0].save()
