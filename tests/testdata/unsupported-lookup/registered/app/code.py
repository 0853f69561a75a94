from app.models import Song


def registered():
    return Song.objects.filter(title__length=1, title__loud="A", title__lower="a", title__unaccent="a")


def misspelt():
    return Song.objects.filter(title__icontain="a", shy__contians="a")
    #                                 ^^^^^^^^ unsupported-lookup
    #                                                    ^^^^^^^^ unsupported-lookup


def of_postgres():
    return Song.objects.filter(words__overlap=["a"], words__0="a", words__0_2=["a"], words__len=1, more__any="a")


def ranges():
    return Song.objects.filter(sung__fully_lt=1, sung__startswith__year=1, sung__contained_by=1)


def not_known():
    return Song.objects.filter(own__anything=1, odd__anything=1, title__search="a")
