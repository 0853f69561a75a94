from app.models import Photo


def test_photo():
    assert Photo.objects.get(image__endswith="1.jpg")
