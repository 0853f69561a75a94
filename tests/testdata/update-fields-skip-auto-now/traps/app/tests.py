from app.models import Page


def test_page():
    Page.objects.get().save(update_fields=["title"])
