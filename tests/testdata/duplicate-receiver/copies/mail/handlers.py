from app.models import LogEntry as Entry


def user_saved(sender, instance, created, **kw):
#   ^^^^^^^^^^ duplicate-receiver
    what = "created" if created else "changed"
    Entry.objects.create(text=f"{instance.get_username()} was {what}")


def members_changed(sender, instance, action, **kwargs):
#   ^^^^^^^^^^^^^^^ duplicate-receiver
    if action == "post_add":
        Entry.objects.create(text=f"{instance.name} grew")
