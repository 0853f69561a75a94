from app.models import Adding, Chosen, Elsewhere, Ignoring, Page, Plain


def is_a_note(page: Page, now):
    page.seen = now
    page.save(update_fields=["seen"])
    page.save(update_fields=["title", "seen"])
    page.read_count += 1
    page.save(update_fields=["read_count"])


def is_done_by_the_model():
    Adding.objects.get().save(update_fields=["title"])
    Ignoring.objects.get().save(update_fields=["title"])
    Elsewhere.objects.get().save(update_fields=["title"])


def is_not_known(row, fields, request):
    row.save(update_fields=["title"])
    Page.objects.get().save(update_fields=fields)
    Page.objects.get().save(update_fields=["title", *fields])
    Chosen.objects.get().save(update_fields=["title"])
    (Page if request else Plain).objects.get().save(update_fields=["title"])


def appended(page: Page, request):
    fields = ["title"]
    if request:
        fields.append("modified")
    page.save(update_fields=fields)


def is_saved_whole_later(page: Page):
    page.title = "a"
    page.save(update_fields=["title"])
    page.title = "b"
    page.save()
