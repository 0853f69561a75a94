from django.shortcuts import get_list_or_404, get_object_or_404

from app.models import Album, Page, Photo, Shown


def many(name, album: Album, day):
    Photo.objects.get(image__endswith=name)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get-on-non-unique
    get_object_or_404(Photo, album=album, image__icontains=name)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get-on-non-unique
    Photo.objects.filter(album=album).get(taken__gte=day)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get-on-non-unique
    album.photo_set.get(image__startswith=name)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get-on-non-unique
    Photo.objects.get(album__slug="a", image__regex=name)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get-on-non-unique


async def waits(name):
    await Photo.objects.aget(image__endswith=name)
    #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get-on-non-unique


def exact(name, album, user):
    Photo.objects.get(image=name)
    Photo.objects.get(album=album)
    Photo.objects.get(image__iexact=name)


def one(name, album: Album, user, pk):
    Photo.objects.get(pk=pk, image__endswith=name)
    Photo.objects.get(id__exact=pk, image__endswith=name)
    Photo.objects.get(album=album, number=3, image__endswith=name)
    Photo.objects.get(album_id=pk, number=3, image__endswith=name)
    Photo.objects.get(album__slug="a", number=3, image__endswith=name)
    Photo.objects.get(album__owner=user, number=3, image__endswith=name)
    Photo.objects.get(album__owner__username="ada", number=3, image__endswith=name)
    album.photo_set.get(number=3, image__endswith=name)
    Photo.objects.filter(album=album).get(number=3, image__endswith=name)
    Album.objects.get(photo=pk, slug__startswith="a")


def may_be_one(name, day, conditions, rows):
    Page.objects.get(slug=name, day__gte=day)
    Page.objects.get(email__endswith=name)
    Photo.objects.get(conditions, image__endswith=name)
    Photo.objects.get(image__endswith=name, **conditions)
    rows.get(image__endswith=name)
    Photo.objects.filter(conditions).get(image__endswith=name)
    Photo.objects.exclude(number=3).get(image__endswith=name)
    Photo.objects.order_by("pk")[:1].get(image__endswith=name)
    Shown.objects.get(name__endswith=name)
    get_list_or_404(Photo, image__endswith=name)
    {}.get(name)


def handled(name):
    try:
        return Photo.objects.get(image__endswith=name)
    except (Photo.DoesNotExist, Photo.MultipleObjectsReturned):
        return None


def fallen_back(name):
    try:
        return Photo.objects.get(image__endswith=name)
    except Exception:
        return None


def half_handled(name):
    try:
        return Photo.objects.get(image__endswith=name)
        #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ get-on-non-unique
    except Photo.DoesNotExist:
        return None
